//! Who is told by name in words: where a sentence is cut into its words, a name is what begins with a surname and is no
//! other word. The cutting is a library's (jieba), with a dictionary of some 350,000 words and a model for those that it
//! does not have.

use std::collections::HashSet;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use super::HIDDEN;
use super::hidden::is_named_so;
use super::names::{is_unit, masked, spread};
use crate::personal::by_simplified;
use crate::personal::surnames::{LONG_SURNAMES, is_common_name, is_han, may_begin_name};

/// Built when the first text with a surname in it is read: a tenth of a second, and some 25 MB.
static WORDS: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// What given names are made of; verbs and things that also are (修, 家, 花) are not among them.
const GIVEN: &str = "建国军民强伟明华平东海涛波龙虎山林森峰岭江河洋川福贵财富旺德仁义礼智信忠孝诚厚宝金银铜铁柱锁成功志刚勇毅坚\
胜利斌武文彬杰俊豪雄英才良善祥瑞庆喜顺春夏秋冬长寿永久恒远高大广宽宏世玉清新立本根树松柏栋梁材殿占双全连奎臣廷君邦兴振光辉亮晨旭阳\
宇宙天宁安静康泰和谐鹏飞凯旋健鑫磊岩石博学思敬先启超越进步跃前佳嘉维友继承业绍传运秀桂兰珍淑芬芳梅香菊莲荣琴珠美丽娟敏艳霞红燕凤云雪玲\
慧娜萍霜洁蓉晶莹莉丹婷倩颖雅琳琪欣怡妍薇芝芹芸素贞月娥仙巧翠珊媛婉彩蝶晓露娇姣岚菲蕊惠慈亚凡树宪守恩景延洪焕凤仁万满仓囤来有发生小子元\
继宗尚昌盛晏悦欢乐可心爱玫瑰芙蓉薛润泽浩瀚雨晴虹霖霏雷震坤乾艺萌颜帅磊威猛锐锋钢铸鑫昆仑川洲岛湘赣豫鲁晋京津沪辽吉黑蒙滨春长沈男";

static GIVEN_NAMES: LazyLock<HashSet<char>> = LazyLock::new(|| GIVEN.chars().collect());

/// Words of every day that are made of such characters and that nobody is called.
const NOT_GIVEN: [&str; 9] = [
    "前先", "学生", "先生", "发生", "大学", "生成", "有心", "有发", "高于",
];
/// Whom and what everybody names: 学雷锋活动, 尚志.
const PUBLIC: [&str; 12] = [
    "雷锋",
    "焦裕禄",
    "毛泽东",
    "邓小平",
    "周恩来",
    "孔子",
    "孟子",
    "王进喜",
    "东方红",
    "王府井",
    "尚志",
    "萧山",
];
/// A surname, and what is done to somebody who is named after it.
const PAID: char = '付';
/// How words end that look like a name and are a family's or a place's.
const NO_NAMES: [char; 18] = [
    '家', '屯', '沟', '村', '镇', '乡', '县', '市', '街', '组', '费', '款', '员', '户', '区', '庄',
    '堡', '店',
];
/// What follows a name and is no part of it.
const AFTER: [char; 14] = [
    '之', '的', '和', '与', '及', '代', '在', '是', '家', '户', '给', '向', '从', '把',
];
/// What stands between two people.
const LINKS: [char; 5] = ['和', '与', '及', '同', '代'];
/// Surnames by which things are counted, after a number: 这张表, 三方.
const COUNTED: [char; 4] = ['张', '方', '段', '石'];
/// What counts.
const COUNTS: &str = "这那哪每各几数多两一二三四五六七八九十百";

/// Reads what it needs to know before anybody waits for it.
pub fn warm() {
    LazyLock::force(&WORDS);
}

/// Masks every name that words tell: `救助对象：唐铁柱、冯秀英` becomes `救助对象：唐＊＊、冯＊＊`; a unit that is named after somebody keeps
/// its name, as does whom everybody names (`学雷锋活动`).
#[must_use]
pub fn told(text: &str) -> String {
    by_simplified(text, |text| told_in(&spread(text, told_in)))
}

fn told_in(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let pairs = || chars.iter().zip(chars.iter().skip(1));
    // A name takes a surname and at least one character more.
    if !pairs().any(|(one, next)| may_begin_name(*one) && is_han(*next)) {
        return text.to_owned();
    }
    let cut = Cut::of(text, &chars);
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let mut length = cut.name_at(at);
        // 付王 of 付王淑珍 is what was done to the one who is named.
        if length > 0 && cut.name_at(at + 1) > length {
            length = 0;
        }
        let name: String = chars.iter().skip(at).take(length.max(1)).collect();
        if length > 0 {
            shown.push_str(&masked(&name));
        } else {
            shown.push_str(&name);
        }
        at += length.max(1);
    }
    shown
}

/// A word of a text, in characters.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    /// Whether the dictionary or the model takes it for a name.
    is_name: bool,
}

/// A text cut into words.
struct Cut<'a> {
    chars: &'a [char],
    words: Vec<Word>,
}

impl<'a> Cut<'a> {
    fn of(text: &str, chars: &'a [char]) -> Self {
        let mut start = 0;
        let words = WORDS.tag(text, true).into_iter().map(|tagged| {
            let end = start + tagged.word.chars().count();
            let is_name = tagged.tag.starts_with("nr");
            let word = Word {
                start,
                end,
                is_name,
            };
            start = end;
            word
        });
        let words = words.collect();
        Self { chars, words }
    }

    /// How many characters a name has that begins here; 0 where none does.
    fn name_at(&self, at: usize) -> usize {
        let surname = |length: usize| {
            let word: String = self.chars.iter().skip(at).take(length).collect();
            LONG_SURNAMES.contains(&word.as_str())
        };
        let Some(first) = self.chars.get(at).copied().filter(|c| may_begin_name(*c)) else {
            return 0;
        };
        let surname = if surname(2) { 2 } else { 1 };
        let before = at.checked_sub(1).and_then(|at| self.chars.get(at));
        let is_counted = before.is_some_and(|c| COUNTS.contains(*c) || c.is_numeric());
        if is_counted && COUNTED.contains(&first) {
            return 0;
        }
        let mut lengths = [surname + 2, surname + 1].into_iter();
        lengths
            .find(|length| self.is_name(at, surname, *length))
            .unwrap_or(0)
    }

    fn is_name(&self, start: usize, surname: usize, length: usize) -> bool {
        let end = start + length;
        let Some(chars) = self.chars.get(start..end) else {
            return false;
        };
        let name: String = chars.iter().collect();
        // Of 付王＊＊ the name is hidden already.
        self.chars.get(end) != Some(&HIDDEN)
            && is_common_name(&name)
            && !PUBLIC.contains(&name.as_str())
            && !chars
                .last()
                .is_some_and(|last| NO_NAMES.contains(last) || AFTER.contains(last))
            && !is_unit(&name)
            && self.is_cut_so(start, surname, end)
            && !is_named_so(self.chars, start, end)
    }

    /// Whether the words of the text allow a name from `start` to `end`.
    fn is_cut_so(&self, start: usize, surname: usize, end: usize) -> bool {
        let given = start + surname;
        let begins = |at: usize| self.words.iter().find(|word| word.start == at);
        let word = begins(start);
        // 付李四 as one word that is a name: paid to him, and by nobody of that surname.
        let paid = start
            .checked_sub(1)
            .filter(|at| self.chars.get(*at) == Some(&PAID));
        let word = word.or_else(|| paid.and_then(begins));
        // 王福贵家, 张三之
        let goes_on = |word: &Word| {
            let after = self.chars.get(end);
            word.end == end + 1 && after.is_some_and(|c| NO_NAMES.contains(c) || AFTER.contains(c))
        };
        let is_verb = self.chars.get(start) == Some(&PAID);
        if let Some(word) = word
            && word.is_name
            && !is_verb
            && (word.end == end && !self.goes_on(end) || goes_on(word))
        {
            return true;
        }
        let alone = |at: Option<&char>| at.is_none_or(|c| !is_han(*c));
        let before = start.checked_sub(1).and_then(|at| self.chars.get(at));
        // 李四和王五
        let is_linked = self.chars.get(end).is_some_and(|c| LINKS.contains(c));
        if end - given == 1 && alone(before) && is_linked && self.name_at(end + 1) > 0 {
            return true;
        }
        if !self.words.iter().any(|word| word.end == end) {
            return false;
        }
        let as_given = || {
            let pair: String = self.chars.iter().skip(given).take(end - given).collect();
            pair.chars().all(|c| GIVEN_NAMES.contains(&c)) && !NOT_GIVEN.contains(&pair.as_str())
        };
        let parts = begins(given).filter(|word| word.end == end);
        // 李四 of 付/李四 is somebody himself.
        let is_whole = || {
            let rest: String = self.chars.iter().skip(given).take(end - given).collect();
            is_common_name(&rest)
        };
        match end - given {
            // 高/秀英, 户于/秀英, 李/桂兰, 李铁/柱
            2 if parts.is_some_and(|word| word.is_name) => !is_whole(),
            2 => as_given() && (begins(start).is_some() || paid.is_some() || parts.is_some()),
            // 李/四 by itself, and no longer name.
            _ => parts.is_some() && as_given() && alone(before) && alone(self.chars.get(end)),
        }
    }

    /// Whether a name of two characters goes on with a third: 李铁/柱.
    fn goes_on(&self, end: usize) -> bool {
        self.words
            .iter()
            .any(|word| word.start == end && word.end == end + 1)
            && self.chars.get(end).is_some_and(|c| GIVEN_NAMES.contains(c))
            && self.chars.len() > end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_told_by_name_has_a_surname_only() {
        for (text, shown) in [
            ("高秀英化疗补助", "高＊＊化疗补助"),
            ("罗凤霞聋哑补助", "罗＊＊聋哑补助"),
            ("宋玉珍眼睛失明补助", "宋＊＊眼睛失明补助"),
            ("郭国强中风慰问", "郭＊＊中风慰问"),
            ("何建国脑出血住院慰问", "何＊＊脑出血住院慰问"),
            ("给李桂兰送低保金", "给李＊＊送低保金"),
            ("刘永贵的低保金补发", "刘＊＊的低保金补发"),
            ("郑志刚精神失常送医", "郑＊＊精神失常送医"),
            ("刑满释放人员王国强走访", "刑满释放人员王＊＊走访"),
            ("程淑芬吸毒人员尿检", "程＊＊吸毒人员尿检"),
            ("李铁柱上访接回费用", "李＊＊上访接回费用"),
            ("外村人韩大伟 住团结镇二组", "外村人韩＊＊ 住团结镇二组"),
            ("村委会（罗凤霞保管）", "村委会（罗＊＊保管）"),
            (
                "救助对象：唐铁柱、冯秀英、董永贵",
                "救助对象：唐＊＊、冯＊＊、董＊＊",
            ),
            ("为残疾户于秀英家修房", "为残疾户于＊＊家修房"),
            ("欠胡铁柱住院垫款", "欠胡＊＊住院垫款"),
            (
                "与朱大明之子朱小明协商，已诉程淑芬",
                "与朱＊＊之子朱＊＊协商，已诉程＊＊",
            ),
            ("许志刚借支未还看病", "许＊＊借支未还看病"),
            (
                "东至李桂兰承包地，西至王福贵家，北至赵铁柱房后",
                "东至李＊＊承包地，西至王＊＊家，北至赵＊＊房后",
            ),
            ("陈玉珍、周淑芬等代表签字", "陈＊＊、周＊＊等代表签字"),
            ("会计高桂兰家", "会计高＊＊家"),
            ("张福贵、李淑芬、王桂兰清雪", "张＊＊、李＊＊、王＊＊清雪"),
            ("付王淑珍临时救助", "付王＊＊临时救助"),
            ("李秀英宅基地纠纷", "李＊＊宅基地纠纷"),
            ("付李四之妻王秀英误工费", "付李＊之妻王＊＊误工费"),
            ("付王强同学会餐费", "付王＊同学会餐费"),
            ("付桂兰误工", "付＊＊误工"),
            ("户主张三之妻李小红", "户主张＊之妻李＊＊"),
            ("王 建 国误工", "王 ＊ ＊误工"),
            ("王建 国误工", "王＊ ＊误工"),
            ("李四和王五", "李＊和王＊"),
            ("李亚男8岁", "李＊＊8岁"),
            ("李四患尿毒症", "李＊患尿毒症"),
            ("欧阳小红手术", "欧阳＊＊手术"),
            ("張福貴、李淑芬清雪", "張＊＊、李＊＊清雪"),
        ] {
            assert_eq!(told(text), shown, "{text}");
            assert_eq!(told(shown), shown, "twice: {text}");
        }
    }

    #[test]
    fn what_is_no_name_stays() {
        for text in [
            "没验收就付款、没质保金就付清",
            "东方红村村委会",
            "付学生助学金",
            "要公开的内容请放在同一张表里",
            "盖章前先登记",
            "学生白衬衫购买",
            "尚志市",
            "岳母病故",
            "戴眼镜的人",
            "张榜公示",
            "本季发生数",
            "电子马达",
            "附件张数",
            "高三毕业",
            "钱花到哪里去了",
            "",
            "高血压患者医疗救助",
            "秸秆离田巡查误工补贴",
            "付高压线路费",
            "付石料款",
            "支付施工劳务费",
            "方塘清淤",
            "东屯机井更换水泵",
            "王家屯道路维修",
            "高标准农田招标",
            "石板路铺设",
            "路灯电费（9月）",
            "机动地承包费",
            "林场职工慰问",
            "范围内困难户慰问",
            "马家沟治理工程",
            "于洪村卫生室",
            "买除雪铲、融雪剂",
            "黄豆收购款",
            "白菜种子",
            "购买打印纸、墨盒",
            "安装监控",
            "康复训练器材",
            "古树保护",
            "金属门窗",
            "向阳屯自来水管道维修",
            "温室大棚租赁",
            "学雷锋活动",
            "王大锤农机服务部配件",
            "李大海五金店材料",
            "张贴公告",
            "江山村与石山村合建水渠",
            "金秋助学",
        ] {
            assert_eq!(told(text), text);
        }
    }
}
