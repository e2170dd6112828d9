//! What looks like somebody's name within a sentence: a common surname and one or two characters more.

use super::simplified;

/// The common surnames of one character (七普 and the north-east's own), without those that begin more words than
/// names: 向, 常, 文, 路, 安, 万, 包, 车, 单, 费, 水.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏\
    苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔汤康\
    易乔赖庞樊兰殷施洪翟颜倪温季芦俞章鲁葛申毕聂焦齐梅庄左谷牛耿关宁盛岳丛祝裴柴蓝纪柳欧祁鲍詹邢骆阮傅萧卞佟栾迟曲\
    鞠仇邸窦尚苗解冷隋滕褚甄靳霍尤古涂";

/// Surnames that begin more words than names: only where nothing but a name can stand are they one.
const RARER: &str = "向常文路安万包车单费水牟滑苑巩芮匡幸敖冉仲惠池甘宫桂戚娄战初沙麻";

/// Surnames of two characters.
pub const LONG_SURNAMES: [&str; 20] = [
    "欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "东方",
    "长孙", "宇文", "鲜于", "司空", "闻人", "申屠", "太史", "端木",
];

/// Words of every day that begin as names do.
const ORDINARY: [&str; 333] = [
    "高烧",
    "高热",
    "方阵",
    "温饱",
    "石凳",
    "丁香",
    "严厉",
    "严寒",
    "严格",
    "严禁",
    "严重",
    "乔木",
    "于上",
    "于下",
    "于今",
    "于前",
    "于去",
    "于各",
    "于同",
    "于年",
    "于所",
    "于本",
    "于村",
    "于次",
    "于此",
    "于满",
    "于该",
    "任何",
    "任务",
    "任教",
    "任期",
    "任职",
    "何人",
    "何时",
    "何种",
    "余下",
    "余款",
    "余粮",
    "余额",
    "兰花",
    "关于",
    "关心",
    "关怀",
    "关注",
    "关爱",
    "关系",
    "关节",
    "关键",
    "关闭",
    "冷冻",
    "冷库",
    "冷棚",
    "冷藏",
    "古树",
    "史料",
    "叶片",
    "叶面",
    "周围",
    "周岁",
    "周年",
    "周期",
    "周末",
    "周转",
    "周边",
    "唐山",
    "唐氏",
    "夏令",
    "夏天",
    "夏季",
    "夏粮",
    "孔庙",
    "孙女",
    "孙子",
    "孟加",
    "季度",
    "季末",
    "季节",
    "宁夏",
    "宁波",
    "尚未",
    "尚欠",
    "左侧",
    "左右",
    "左边",
    "庄园",
    "庄稼",
    "应付",
    "应急",
    "应收",
    "庞大",
    "康乐",
    "康复",
    "张贴",
    "徐州",
    "方便",
    "方式",
    "方案",
    "方正",
    "方队",
    "方面",
    "施工",
    "施救",
    "施肥",
    "施药",
    "易地",
    "易拉",
    "易耗",
    "曲艺",
    "曹县",
    "曾用",
    "曾经",
    "李子",
    "杜绝",
    "杨木",
    "杨树",
    "杨梅",
    "林下",
    "林业",
    "林区",
    "林地",
    "林场",
    "林木",
    "林权",
    "林草",
    "柳树",
    "柴油",
    "柴火",
    "柴煤",
    "柴草",
    "梁柱",
    "梅毒",
    "梅花",
    "武术",
    "武汉",
    "武装",
    "毕业",
    "毕节",
    "毛坯",
    "毛巾",
    "毛毯",
    "毛石",
    "毛衣",
    "毛驴",
    "江北",
    "江南",
    "江河",
    "江苏",
    "江西",
    "江边",
    "汤药",
    "汪清",
    "沈阳",
    "洪水",
    "洪灾",
    "温室",
    "温度",
    "温暖",
    "温馨",
    "牛奶",
    "牛棚",
    "牛羊",
    "牛肉",
    "牛舍",
    "田园",
    "田地",
    "田间",
    "申报",
    "申请",
    "申领",
    "白内",
    "白天",
    "白灰",
    "白癜",
    "白菜",
    "白血",
    "白酒",
    "盛夏",
    "盛大",
    "石化",
    "石匠",
    "石头",
    "石料",
    "石材",
    "石棉",
    "石油",
    "石灰",
    "石膏",
    "祝福",
    "祝贺",
    "秦皇",
    "程序",
    "程度",
    "章程",
    "童装",
    "纪委",
    "纪律",
    "纪念",
    "纪检",
    "胡同",
    "胡萝",
    "苏州",
    "苏打",
    "苗圃",
    "苗木",
    "苗种",
    "解决",
    "解除",
    "许可",
    "许多",
    "谢谢",
    "谷子",
    "谷物",
    "贺卡",
    "金属",
    "金秋",
    "金融",
    "金额",
    "钟点",
    "钱款",
    "钱物",
    "钱粮",
    "阎王",
    "陆地",
    "陆续",
    "陈列",
    "陈旧",
    "雷电",
    "雷达",
    "霍乱",
    "韩国",
    "顾问",
    "马上",
    "马匹",
    "马桶",
    "马甲",
    "马路",
    "马铃",
    "高中",
    "高价",
    "高位",
    "高压",
    "高层",
    "高度",
    "高效",
    "高新",
    "高标",
    "高校",
    "高楼",
    "高温",
    "高等",
    "高粱",
    "高级",
    "高考",
    "高职",
    "高血",
    "高速",
    "高铁",
    "高限",
    "高额",
    "高龄",
    "黄土",
    "黄河",
    "黄牛",
    "黄瓜",
    "黄豆",
    "黄金",
    "齐全",
    "齐心",
    "龙头",
    "龙江",
    "龙舟",
    "白衬",
    "白色",
    "白布",
    "白化",
    "岳父",
    "岳母",
    "戴眼",
    "戴口",
    "戴帽",
    "张榜",
    "张数",
    "马达",
    "马车",
    "陆柒",
    "高一",
    "高二",
    "高三",
    "高空",
    "钱花",
    "黄疸",
    "龙卷",
    "洪涝",
    "雷击",
    "雷雨",
    "方舱",
    "方形",
    "石墙",
    "石子",
    "乔迁",
    "尤其",
    "陶瓷",
    "范围",
    "涂料",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
    "金婚",
    "程控",
    "许诺",
    "江堤",
    "冷链",
    "孙辈",
    "曾祖",
    "韩式",
    "陈年",
    "金龙鱼",
    "张家口",
    "贺年",
    "杜仲",
    "白桦",
    "高清",
    "白雪",
    "胡麻",
    "龙井",
    "石英",
    "金刚",
    "吕梁",
    "汤旺",
];

/// Whether a character is one of those that Chinese names are made of.
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a common surname begins with a character.
pub fn may_begin_name(c: char) -> bool {
    SURNAMES.contains(c) || LONG_SURNAMES.iter().any(|name| name.starts_with(c))
}

/// Whether a common surname stands anywhere in a word but at its end.
pub fn has_surname(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next_back();
    chars.any(|c| SURNAMES.contains(c)) || LONG_SURNAMES.iter().any(|name| word.contains(name))
}

/// Whether a word looks like a name and like no word of every day: 张三, 李小四, 欧阳修文.
pub fn is_common_name(word: &str) -> bool {
    let Some(first) = word.chars().next() else {
        return false;
    };
    let count = word.chars().count();
    let long = count >= 3 && LONG_SURNAMES.iter().any(|name| word.starts_with(name));
    let fits = match (long, SURNAMES.contains(first)) {
        (true, _) => count <= 4,
        (false, single) => single && (2..=3).contains(&count),
    };
    fits && word.chars().all(is_han) && !ORDINARY.iter().any(|begin| word.starts_with(begin))
}

/// Whether what stands where people are named is a name: a common one, one of three characters with a rarer surname,
/// or one with a dot.
pub fn is_surely_name(word: &str) -> bool {
    let simple = simplified(word);
    let mut chars = simple.chars();
    let rarer = chars.next().is_some_and(|first| RARER.contains(first));
    let dotted = word.contains(['·', '•', '・']);
    dotted || is_common_name(&simple) || rarer && chars.clone().count() == 2 && chars.all(is_han)
}

/// The names that a text may begin with, the longest first.
pub fn leading(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.char_indices().skip(1).map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.chain([text.len()]).take(4).collect();
    ends.reverse();
    let names = ends.into_iter().filter_map(|end| text.get(..end));
    names.filter(|name| is_common_name(name))
}

/// The names that a text may end with, the longest first.
pub fn trailing(text: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = text
        .char_indices()
        .rev()
        .map(|(at, _)| at)
        .take(4)
        .collect();
    starts.reverse();
    let names = starts.into_iter().filter_map(|start| text.get(start..));
    names.filter(|name| is_common_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_names_from_words_of_every_day() {
        for name in ["张三", "李小四", "欧阳修", "欧阳修文", "佟国栋", "于洋"] {
            assert!(is_common_name(name), "{name}");
        }
        for word in [
            "",
            "张",
            "团结",
            "高中",
            "方正县",
            "张三丰收",
            "营养餐",
            "周岁",
            "王1",
            "何时",
        ] {
            assert!(!is_common_name(word), "{word}");
        }
    }

    #[test]
    fn rarer_surnames_count_where_people_are_named() {
        for name in ["常建国", "文立新", "买买提·艾力", "錢滿倉", "张三"] {
            assert!(is_surely_name(name), "{name}");
        }
        for word in ["常年", "全体", "农资", "自来水", ""] {
            assert!(!is_surely_name(word), "{word}");
        }
    }

    #[test]
    fn finds_names_at_both_ends() {
        let found: Vec<_> = leading("李小四代领").collect();
        assert_eq!(found, ["李小四", "李小"]);
        let found: Vec<_> = trailing("东风村王大锤").collect();
        assert_eq!(found, ["王大锤"]);
        assert_eq!(leading("").chain(trailing("")).count(), 0);
    }
}
