use proptest::prelude::*;

use super::*;

#[test]
fn of_a_person_the_surname_stays() {
    for (name, shown) in [
        ("张三", "张＊"),
        ("李小四", "李＊＊"),
        ("张 三", "张＊"),
        ("王 建 国", "王＊＊"),
        ("会计 王 芳", "会计 王＊"),
        ("王 建 国、李 四", "王＊＊、李＊"),
        ("东 风 村 委 会", "东风村委会"),
        ("欧阳修文", "欧阳＊＊"),
        ("张三、李小四", "张＊、李＊＊"),
        ("王芳（会计）", "王＊（会计）"),
        ("会计王芳", "会计王＊"),
        ("王芳会计", "王＊会计"),
        ("村民赵大山", "村民赵＊＊"),
        ("张三等5人", "张＊等5人"),
        ("买买提·艾力", "买＊＊＊＊＊"),
        ("张三 13812345678", "张＊ 138****5678"),
        ("𠀀三", "𠀀＊"),
        ("錢滿倉", "錢＊＊"),
        ("錢 滿", "錢＊"),
        ("歐陽修文", "歐陽＊＊"),
        ("東風村錢滿倉", "東風村錢＊＊"),
        ("村民委員會", "村民委員會"),
    ] {
        assert_eq!(names(name), shown, "{name}");
    }
}

#[test]
fn a_person_is_masked_whatever_the_name_ends_with() {
    for (name, shown) in [
        ("张建社", "张＊＊"),
        ("刘新村", "刘＊＊"),
        ("欧阳修文", "欧阳＊＊"),
        ("张 三", "张＊"),
        ("张＊", "张＊"),
        ("张三、李小四", "张＊、李＊＊"),
        ("低保户赵大山", "低保户赵＊＊"),
        ("王 建 国", "王＊＊"),
        ("李　秀　英、王 建 国", "李＊＊、王＊＊"),
        ("欧 阳 文", "欧阳＊"),
        ("王 建 国（户主）", "王＊＊（户主）"),
        ("王 建国", "王＊＊"),
        ("王建 国", "王＊＊"),
        ("张三 李小四", "张＊ 李＊＊"),
        ("共3人", "共3人"),
        ("１２户", "１２户"),
        ("Ivan", "I＊＊＊"),
        ("ZhangWei", "Z＊＊＊＊＊＊＊"),
        ("东风村委会", "东风村委会"),
        ("团结镇中心小学", "团结镇中心小学"),
        ("", ""),
    ] {
        assert_eq!(persons(name), shown, "{name}");
        assert_eq!(persons(shown), shown, "twice: {name}");
    }
}

#[test]
fn in_a_column_of_people_only_groups_keep_their_names() {
    for (cell, shown) in [
        ("哈斯其其格", "哈＊＊＊＊"),
        ("张桂兰、宝音德力格尔", "张＊＊、宝＊＊＊＊＊"),
        ("外来工张桂兰", "外＊＊＊＊＊"),
        ("郑大海经手", "郑＊＊＊＊"),
        ("李场", "李＊"),
        ("王中心", "王＊＊"),
        ("Zhāng Guìlán", "Z＊＊＊＊ G＊＊＊＊＊"),
        ("王 建 国", "王＊＊"),
        ("演示代表26人", "演示代表26人"),
        ("演示老党员8人", "演示老党员8人"),
        ("西屯村民（演示）64户", "西屯村民（演示）64户"),
        ("张桂兰等3人", "张＊＊＊＊＊"),
        ("共3人", "共3人"),
        ("村民代表", "村民代表"),
        ("环卫队", "环卫队"),
        ("", ""),
    ] {
        assert_eq!(people(cell), shown, "{cell}");
        assert_eq!(people(shown), shown, "twice: {cell}");
    }
}

#[test]
fn hidden_names_are_found_without_titles_and_units() {
    for (cell, hidden) in [
        ("张三（会计）、团结供电所", &["张三"][..]),
        ("会计赵小丫、欧阳修", &["赵小丫", "欧阳修"]),
        ("张 三", &["张三"]),
        ("王 建 国、李 四", &["王建国", "李四"]),
        ("团结供电所", &[]),
        ("会计", &[]),
        ("共3人", &[]),
    ] {
        assert_eq!(hidden_names(cell, &names(cell)), hidden, "{cell}");
    }
}

#[test]
fn what_one_cell_hides_the_next_does_not_tell() {
    let names = ["欧阳建设", "王立新", "买买提·艾力"].map(String::from);
    for (text, shown) in [
        ("付王立新误工", "付王＊＊误工"),
        ("王 立 新 经手", "王 ＊ ＊ 经手"),
        ("（欧阳  建设本人签字）", "（欧阳  ＊＊本人签字）"),
        ("买买提艾力", "买＊＊＊＊"),
        ("买买提·艾力", "买＊＊·＊＊"),
        ("王\u{200b}立新", "王\u{200b}＊＊"),
        ("王-立.新", "王-＊.＊"),
        ("王立", "王立"),
        ("", ""),
    ] {
        assert_eq!(hide(text, &names), shown, "{text}");
        assert_eq!(hide(shown, &names), shown, "twice: {text}");
        let told = names.iter().any(|name| tells(text, name));
        assert_eq!(told, text != shown, "{text}");
    }
}

#[test]
fn people_are_found_beside_places_titles_and_each_other() {
    for (name, shown) in [
        ("农行王大锤", "农行王＊＊"),
        ("农行王五", "农行王＊"),
        ("个体户王大锤", "个体户王＊＊"),
        ("个体工商户王大锤", "个体工商户王＊＊"),
        ("东风村王大锤", "东风村王＊＊"),
        ("团结镇东风村二组王大锤", "团结镇东风村二组王＊＊"),
        ("东风村欧阳修文", "东风村欧阳＊＊"),
        ("宏达建材商店李强", "宏达建材商店李＊"),
        ("张家屯李强", "张家屯李＊"),
        ("农村信用社李小强", "农村信用社李＊＊"),
        ("李四代王五", "李＊代王＊"),
        ("李四和王五", "李＊和王＊"),
        ("李四与王五", "李＊与王＊"),
        ("李四和王五和赵小六", "李＊和王＊和赵＊＊"),
        ("李和平和王五", "李＊＊和王＊"),
        ("李四和家属", "李＊和家属"),
        ("会计李四代村民王五", "会计李＊代村民王＊"),
        ("东风村李四和王五", "东风村李＊和王＊"),
        ("张建国李小红", "张＊＊李＊＊"),
        ("张三李四王五", "张＊李＊王＊"),
        ("李四代领", "李＊代领"),
        ("陈大柱遗孀", "陈＊＊遗孀"),
        ("已故陈大柱", "已故陈＊＊"),
        ("李秀英老伴", "李＊＊老伴"),
        ("孙玉梅合伙人", "孙＊＊合伙人"),
        ("阎卫国亲属", "阎＊＊亲属"),
        ("刘大力代管", "刘＊＊代管"),
        ("张三家属", "张＊家属"),
        ("村会计", "村会计"),
        ("镇电工", "镇电工"),
        ("东风村会计", "东风村会计"),
        ("东村会计", "东村会计"),
        ("村会计张三", "村会计张＊"),
        ("张三(已故)", "张＊(已故)"),
        ("张三（已婚）", "张＊（已婚）"),
        ("张三（本人）、李四（代领）", "张＊（本人）、李＊（代领）"),
        ("农户张三", "农户张＊"),
        ("村医李小四", "村医李＊＊"),
        ("网格员张三", "网格员张＊"),
        ("监测户张三", "监测户张＊"),
        ("村书记张三", "村书记张＊"),
        ("种粮大户张建国", "种粮大户张＊＊"),
        ("王大锤13812345678", "王＊＊138****5678"),
        ("王五2000元", "王＊2000元"),
        ("二组3号王大锤", "二组3号王＊＊"),
        ("东风村书记王强", "东风村书记王＊"),
        ("二组组长王强", "二组组长王＊"),
        ("乡卫生院赵小丽", "乡卫生院赵＊＊"),
        ("李四工资", "李＊工资"),
        ("李四劳务费", "李＊劳务费"),
        ("东风村王大锤劳务费", "东风村王＊＊劳务费"),
        ("王强之妻李红", "王＊之妻李＊"),
        ("王强妻李红", "王＊妻李＊"),
        ("王大锤的孩子", "王＊＊的孩子"),
        ("其子王小明", "其子王＊＊"),
        ("村民代表误工补贴", "村民代表误工补贴"),
        ("农户补贴", "农户补贴"),
    ] {
        assert_eq!(names(name), shown, "{name}");
        assert_eq!(names(shown), shown, "twice: {name}");
    }
}

#[test]
fn names_in_latin_letters() {
    for (name, shown) in [
        ("Zhang San", "Z＊＊＊＊ S＊＊"),
        ("ZHANG SAN", "Z＊＊＊＊ S＊＊"),
        ("Li Xiao Si（会计）", "L＊ X＊＊＊ S＊（会计）"),
        ("付Zhang Xiaosan 200元", "付Z＊＊＊＊ X＊＊＊＊＊＊ 200元"),
        ("zhang san", "z＊＊＊＊ s＊＊"),
        ("China Mobile", "China Mobile"),
        ("Harbin Hongda Co., Ltd.", "Harbin Hongda Co., Ltd."),
        ("Hongda Trading Inc", "Hongda Trading Inc"),
        ("SF EXPRESS", "SF EXPRESS"),
        ("IBM PC", "IBM PC"),
        ("A B", "A B"),
    ] {
        assert_eq!(names(name), shown, "{name}");
        assert_eq!(names(shown), shown, "twice: {name}");
    }
}

#[test]
fn remarks_in_a_list_of_people_stay() {
    assert_eq!(persons("张三(已故)"), "张＊(已故)");
    assert_eq!(
        persons("张建社（代领）、农户李四"),
        "张＊＊（代领）、农户李＊"
    );
}

#[test]
fn hidden_names_are_found_within_words() {
    for (cell, hidden) in [
        ("东风村王大锤", &["王大锤"][..]),
        ("李四和欧阳修文", &["李四", "欧阳修文"]),
        ("农户张三（已故）", &["张三"]),
        ("Zhang San", &[]),
    ] {
        assert_eq!(hidden_names(cell, &names(cell)), hidden, "{cell}");
    }
}

#[test]
fn a_unit_keeps_its_name_whatever_stands_in_it() {
    for name in [
        "东风村村民委员会",
        "农业银行",
        "和平村",
        "张家屯小卖部",
        "王府井百货",
        "东风村张家屯",
        "东风村高标准农田",
        "哈尔滨市方正县",
        "农行方正支行",
        "镇安监所",
        "供电所高压线路",
        "演示代表26人",
        "演示老党员8人",
        "西屯村民（演示）64户",
        "团结镇三资委托代理服务中心（演示）",
        "县农资供应站",
        "东风村保洁队",
        "镇电力服务中心",
        "利民建材商店",
        "第3小组",
        "李宁3号店",
    ] {
        assert_eq!(names(name), name);
    }
}

#[test]
fn a_unit_keeps_its_name() {
    for name in [
        "",
        "团结供电所",
        "道外区宏达建材商店",
        "哈尔滨某某有限公司",
        "村委会",
        "村民委员会",
        "东风村",
        "镇政府",
        "农商银行",
        "现金",
        "会计",
        "村民",
        "第一小组",
        "五金店（张记商店）",
        "China Mobile",
    ] {
        assert_eq!(names(name), name);
    }
}

/// Two to four Han characters that are no unit's, no title and no word of nobody's.
fn name() -> impl Strategy<Value = String> {
    "[\u{4e00}-\u{9fa5}]{2,4}".prop_filter("somebody's", |name| {
        let name = &*simplified(name);
        let titled = TITLES.iter().any(|title| name.contains(title));
        let done = DONE.iter().any(|done| name.ends_with(done));
        let remark = REMARKS.contains(&name) || of_bank(name).is_some();
        let thing = THINGS.iter().any(|thing| name.ends_with(thing));
        is_name(name) && !titled && !done && !remark && !thing && !name.contains('等')
    })
}

proptest! {
    #[test]
    fn total_and_never_longer(text in any::<String>()) {
        for masked in [names(&text), numbers(&text)] {
            prop_assert!(masked.chars().count() <= text.chars().count());
            // Nothing is in it that was not there, but the two signs for what is hidden.
            let known = |c: char| matches!(c, '*' | '＊') || text.contains(c);
            prop_assert!(masked.chars().all(known), "{masked}");
        }
    }

    #[test]
    fn of_a_name_no_more_than_the_surname(name in name()) {
        let masked = names(&name);
        let shown: String = masked.chars().take_while(|c| *c != '＊').collect();
        prop_assert!(name.starts_with(&shown));
        let long = LONG_SURNAMES.contains(&&*simplified(&shown));
        prop_assert_eq!(shown.chars().count(), if long { 2 } else { 1 });
        prop_assert!(masked.chars().skip(shown.chars().count()).all(|c| c == '＊'));
        prop_assert_eq!(masked.chars().count(), name.chars().count());
    }

    #[test]
    fn in_a_list_as_alone(list in proptest::collection::vec(name(), 1..5), sign in "[、，；/（）]") {
        let apart: Vec<String> = list.iter().map(|name| names(name)).collect();
        prop_assert_eq!(names(&list.join(&sign)), apart.join(&sign));
    }

}
