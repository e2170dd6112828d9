use super::*;

fn day() -> Option<Day> {
    Day::from_ymd_opt(2026, 11, 30)
}

/// Rows of a list of benefits: household, what for, remark.
fn benefit(household: &str, what: &str, note: &str) -> Concern {
    let row = in_row(household, &[what, note], true, day());
    let words = [household, what, note].map(|text| in_words(text, day()));
    words
        .into_iter()
        .filter(|one| *one == Concern::Minor)
        .fold(row, Ord::max)
}

#[test]
fn a_childs_row_of_benefits_is_refused() {
    for (household, what, note) in [
        ("张小伟", "孤儿基本生活费", ""),
        ("张小伟", "事实无人抚养儿童补助", ""),
        ("张建国", "高龄津贴", "其子张小伟，8岁"),
        ("张建国", "低保金", "孙女张欣怡上三年级"),
        ("王芳", "临时救助", "女儿李雨桐就读希望小学"),
        ("李浩然（王芳之子）", "留守儿童慰问", ""),
        ("李浩然", "营养餐补助", ""),
        ("李浩然", "幼儿园保教费减免", ""),
        ("王芳", "临时救助", "孩子叫李浩然"),
        ("王芳", "临时救助", "带孩子李浩然打疫苗"),
        ("王芳", "临时救助", "李雨桐(2016年生)"),
        ("王芳", "临时救助", "家中小孩李雨桐患重病"),
        ("李雨桐", "困境儿童生活补贴", ""),
        ("王芳", "助学金", "受助学生李雨桐，初二"),
        ("王芳", "临时救助", "李浩然系未成年人"),
        ("王芳", "临时救助", "宝宝李浩然"),
        ("王芳", "临时救助", "其小儿李浩然上幼儿园大班"),
        ("王芳", "临时救助", "李雨桐小朋友六一慰问"),
        ("王芳", "临时救助", "李雨桐入托费"),
        ("王芳", "临时救助", "李雨桐中考奖励"),
        ("孤儿李小花", "生活补助", ""),
        ("李小花（孤儿）", "低保", ""),
        ("高中生", "补助", ""),
    ] {
        assert_eq!(
            benefit(household, what, note),
            Concern::Minor,
            "{household}, {what}, {note}"
        );
    }
}

#[test]
fn whoever_publishes_is_asked_where_it_is_open() {
    for (household, what, note) in [
        ("王芳", "临时救助", "替儿子李浩然代领"),
        ("王芳", "独生子女费", "独生子李浩然"),
        ("李浩然", "校车补贴", "监护人王芳"),
        ("王芳", "临时救助", "养女李雨桐"),
        ("王芳", "临时救助", "娃娃李雨桐看病"),
        ("李浩然", "夏令营补助", ""),
        ("李浩然", "助学金", ""),
    ] {
        assert_eq!(
            benefit(household, what, note),
            Concern::Perhaps,
            "{household}, {what}, {note}"
        );
    }
    for text in [
        "发放张小伟助学金",
        "夏令营张小伟",
        "李雨桐升学奖励",
        "慰问王芳及其女儿李雨桐",
    ] {
        assert_eq!(in_words(text, day()), Concern::Perhaps, "{text}");
    }
    for text in [
        "郑宇航校车费",
        "郑宇航课本费",
        "苏浩宇作业本",
        "潘雨欣上学接送费",
        "章子豪奶粉钱",
        "发放夏子轩两免一补",
    ] {
        assert_eq!(in_words(text, day()), Concern::Perhaps, "{text}");
    }
    for words in [
        "奶粉",
        "校服款",
        "童车",
        "托班费用",
        "少先队活动费",
        "作业本",
    ] {
        assert!(
            of_payee("张子涵", words, day()) >= Concern::Perhaps,
            "{words}"
        );
    }
    for words in ["孤儿代管款", "代管未成年人抚恤金", "孤儿住房"] {
        assert_eq!(of_payee("张子涵", words, day()), Concern::Minor, "{words}");
    }
    assert_eq!(in_words("孤儿张子涵危房改造", day()), Concern::Minor);
    let beside = "李小红（9岁）、王强（小学三年级）";
    assert_eq!(in_words(beside, day()), Concern::Minor);
    assert_eq!(of_payee("张小伟", "发放助学金", day()), Concern::Perhaps);
    assert_eq!(of_payee("张小伟", "孤儿生活费", day()), Concern::Minor);
}

#[test]
fn what_is_a_grown_ups_passes() {
    for (household, what, note) in [
        ("张建国", "耕地地力保护补贴", "款项已汇入村小学旁信用社网点"),
        ("张建国", "公益岗位补贴", "村小学门卫"),
        ("张建国", "公益岗位补贴", "留守儿童之家管理员"),
        ("张建国", "护学岗补贴", "学校门口执勤"),
        ("王芳", "公益岗位补贴", "幼儿园保洁"),
        ("张建国", "乡村教师补贴", "退休民办教师"),
        ("王芳", "独生子女父母奖励", ""),
        ("张建国", "高龄津贴", "80周岁以上"),
        ("王芳", "大学生助学金", ""),
        ("张学生", "耕地地力保护补贴", ""),
        ("张小学", "耕地地力保护补贴", ""),
        ("共3人", "孤儿基本生活费", ""),
        ("王童", "耕地地力保护补贴", ""),
        ("李幼林", "退耕还林补助", "幼林抚育"),
        ("张建国", "种粮补贴", "育秧、小苗补助"),
        ("张建国", "代课教师补助", "1985年在村小学任教"),
        ("王芳", "妇女儿童之家管理补贴", ""),
        ("王芳", "儿童主任补贴", ""),
        ("张建国", "学生营养餐送货", ""),
        ("王强", "幼儿园门前道路补偿", ""),
        ("王强", "低保金", "家有两名小学生"),
        ("蒋文", "留守儿童家访", ""),
        ("韩冬", "中考陪考", ""),
    ] {
        let found = benefit(household, what, note);
        let counted = mask::is_count(household);
        assert!(
            counted || found == Concern::No,
            "{household}, {what}, {note}: {found:?}"
        );
    }
    for text in [
        "付东风小学校舍维修费 经手张建国",
        "付张建国学校围墙维修工钱",
        "付留守儿童活动室电费",
        "村小学保安张建国工资",
        "收张建国承包小学旧址租金",
        "付王老师代课费",
        "付张建国修少年宫款",
        "农村义务教育学校公用经费",
        "张建国春耕种子款",
        "刘少年",
        "付林场 2015 年生杨树采伐费",
    ] {
        assert_eq!(in_words(text, day()), Concern::No, "{text}");
    }
    assert_ne!(
        in_words("妇联主任刘桂兰走访儿童交通费", day()),
        Concern::Minor
    );
    assert_eq!(of_payee("团结供电所", "小学电费", day()), Concern::No);
    assert_eq!(of_payee("张建国", "小学围墙维修", day()), Concern::No);
}

#[test]
fn a_school_as_a_party_is_nobodys_child() {
    for unit in [
        "东风村幼儿园",
        "王芳幼儿园",
        "小太阳托儿所",
        "孤儿院",
        "学生军训服装厂",
        "团结镇中心小学",
        "村小学",
        "希望小学",
    ] {
        for (what, note) in [("校舍租金", ""), ("教育补助", "营养餐"), ("孤儿生活费", "")]
        {
            assert_eq!(benefit(unit, what, note), Concern::No, "{unit}, {what}");
        }
    }
    // Beside one a child is named all the same.
    assert_eq!(benefit("希望小学", "助学金", "孤儿李小花"), Concern::Minor);
    assert_eq!(benefit("李小花（希望小学）", "助学金", ""), Concern::Minor);
    assert_eq!(benefit("孤儿李小花", "助学金", ""), Concern::Minor);
}

#[test]
fn words_that_speak_of_pupils_beside_a_name_are_asked_about() {
    for text in [
        "六一儿童节给张小伟发奖品",
        "红领巾志愿者张小伟",
        "张小伟考上一中奖励",
    ] {
        assert_ne!(in_words(text, day()), Concern::No, "{text}");
    }
    assert_eq!(of_payee("张小伟", "考上一中奖励", day()), Concern::Perhaps);
    assert_eq!(of_payee("张小伟", "考勤补贴", day()), Concern::No);
}
