//! The words by which a line names somebody under age.

/// Who is under age, as it stands before a name.
pub const YOUNG: [&str; 34] = [
    "学生",
    "初中生",
    "高中生",
    "职高生",
    "寄宿生",
    "住校生",
    "走读生",
    "贫困生",
    "特困生",
    "留守生",
    "学童",
    "儿童",
    "孤儿",
    "患儿",
    "幼儿",
    "婴儿",
    "新生儿",
    "双胞胎",
    "男童",
    "女童",
    "幼童",
    "男婴",
    "女婴",
    "弃婴",
    "男孩",
    "女孩",
    "小孩",
    "孩子",
    "宝宝",
    "小朋友",
    "少年",
    "未成年人",
    "未成年",
    "年级",
];
/// What is said of such a one before the word.
pub const QUALITIES: [&str; 14] = [
    "留守", "困境", "困难", "贫困", "特困", "残疾", "失学", "辍学", "在校", "优秀", "三好", "重病",
    "寒门", "的",
];
/// What such a one is given, after the word.
pub const GIVEN: [&str; 22] = [
    "救助",
    "救济",
    "补助",
    "补贴",
    "资助",
    "助学",
    "奖学",
    "生活费",
    "生活补",
    "医疗",
    "住院",
    "手术",
    "治",
    "看病",
    "慰问",
    "抚养",
    "学费",
    "学杂",
    "书费",
    "保障",
    "康复",
    "护理",
];
/// What may stand between such a word and the name.
pub const BEFORE_NAME: [&str; 14] = [
    ":",
    "(",
    ")",
    "姓名",
    "新生",
    "学生",
    "小朋友",
    "同学",
    "名叫",
    "叫",
    "是",
    "班",
    "男",
    "女",
];
/// Those of whom nobody is under age, before a word for pupils or anywhere in brackets.
pub const GROWN: [&str; 13] = [
    "大学",
    "大专",
    "专科",
    "本科",
    "研究生",
    "博士",
    "硕士",
    "高职",
    "高校",
    "大一",
    "医学",
    "党校",
    "老年",
];
/// Grades and schools as they stand in brackets after a name.
pub const GRADES: [&str; 31] = [
    "年级",
    "小学",
    "初中",
    "高中",
    "中学",
    "幼儿园",
    "学前",
    "初一",
    "初二",
    "初三",
    "高一",
    "高二",
    "高三",
    "小班",
    "中班",
    "大班",
    "学生",
    "学童",
    "儿童",
    "孤儿",
    "幼儿",
    "婴儿",
    "男童",
    "女童",
    "男孩",
    "女孩",
    "小孩",
    "孩子",
    "小朋友",
    "少年",
    "未成年",
];
/// What makes a school in brackets the place where a grown-up works or once was.
pub const TAUGHT: [&str; 15] = [
    "老师", "教师", "校长", "园长", "学历", "文化", "毕业", "教工", "食堂", "人", "门卫", "保安",
    "司机", "名", "家长",
];
/// How brackets begin that say what a grown-up did: `李大海（送小学生考试）`.
pub const DOING: [&str; 20] = [
    "送", "接", "给", "为", "教", "带", "陪", "帮", "慰问", "看望", "走访", "护送", "照看", "照顾",
    "辅导", "参加", "组织", "管", "用于", "修",
];
/// What stands before a name, so that two characters after it are a whole name.
pub const GIVING: [&str; 22] = [
    "付", "给", "为", "补", "支", "发", "发放", "送", "收", "和", "与", "及", "同", "的", "慰问",
    "看望", "资助", "救助", "帮扶", "奖励", "表彰", "村民",
];
/// What may stand between a name and an age or a birth: `李小红，女，今年8岁`.
pub const BESIDE_AGE: [&str; 32] = [
    "(男)",
    "(女)",
    "(",
    ")",
    ",",
    "、",
    ":",
    ";",
    "。",
    "-",
    "男",
    "女",
    "性别",
    "性",
    "汉族",
    "满族",
    "回族",
    "蒙古族",
    "朝鲜族",
    "今年",
    "今",
    "现年",
    "现",
    "年仅",
    "年龄",
    "年",
    "仅",
    "才",
    "刚",
    "已",
    "满",
    "约",
];
/// What stands between an age or a birth and a name: `8岁的女孩李小红`.
pub const AFTER_AGE: [&str; 22] = [
    "的",
    ")",
    ":",
    "男",
    "女",
    "儿童",
    "学生",
    "孩子",
    "小孩",
    "女孩",
    "男孩",
    "女童",
    "男童",
    "小朋友",
    "少年",
    "幼儿",
    "婴儿",
    "孤儿",
    "患儿",
    "患者",
    "姓名",
    "儿子",
];
/// What a name of a list of pupils is followed by in a sentence, by its first character.
pub const FOLLOWING: [char; 52] = [
    '助', '补', '生', '营', '学', '的', '费', '款', '慰', '医', '住', '治', '看', '就', '购', '买',
    '领', '救', '奖', '捐', '伙', '体', '路', '车', '衣', '服', '书', '过', '上', '入', '交', '溺',
    '奶', '订', '压', '监', '家', '父', '母', '之', '和', '与', '及', '等', '患', '获', '文', '读',
    '同', '小', '手', '走',
];
/// How words end that are no names, though they begin like some: at their end or after two characters.
pub const NO_NAMES: [&str; 36] = [
    "装", "笔", "帽", "鞋", "裤", "袋", "品", "物", "奶", "肉", "菜", "油", "饭", "灯", "桌", "椅",
    "床", "赛", "课", "板", "费", "款", "餐", "校", "班", "节", "屯", "村", "镇", "乡", "县", "站",
    "老师", "校长", "园长", "医生",
];
/// The same at their end alone: many names have one of these in the middle.
pub const NO_ENDS: [&str; 23] = [
    "场", "衫", "衣", "服", "裙", "巾", "伞", "凳", "柜", "阵", "钱", "票", "证", "室", "车", "队",
    "会", "员", "主任", "书记", "会计", "庄", "店",
];
/// How two characters end that are a family's or a hamlet's, no name: 张家.
pub const NO_PAIRS: [&str; 9] = ["家", "沟", "桥", "堡", "岭", "窝", "窑", "湾", "营"];
/// Who somebody under age is called after his name.
pub const CALLED: [&str; 5] = ["小朋友", "小同学", "同学", "家长", "监护人"];
/// Whose child somebody is, before the name.
pub const KIN: [&str; 19] = [
    "之女", "之子", "之孙", "其子", "其女", "其孙", "长子", "长女", "次子", "次女", "幼子", "女儿",
    "儿子", "孙女", "孙子", "外孙", "侄女", "侄子", "外甥",
];
/// What makes such a word another: 同学会, 家长会.
pub const NOT_CALLED: [&str; 10] = [
    "同学会",
    "同学聚",
    "同学录",
    "同学情",
    "家长会",
    "家长学校",
    "家长委",
    "家长座",
    "家长年",
    "家长期",
];
/// Schools and classes of people under age.
pub const SCHOOLS: [&str; 18] = [
    "幼儿园",
    "托儿所",
    "托班",
    "学前班",
    "小学",
    "初中",
    "高中",
    "中学",
    "职高",
    "小班",
    "中班",
    "大班",
    "初一",
    "初二",
    "初三",
    "高一",
    "高二",
    "高三",
];
/// What is paid for a pupil, after a school and a name or a name and a school.
pub const SCHOOLING: [&str; 16] = [
    "学费",
    "学杂",
    "书费",
    "书本",
    "书款",
    "助学",
    "奖学",
    "奖状",
    "保育",
    "托费",
    "托儿费",
    "托育",
    "入园",
    "入学",
    "生活补助",
    "资助",
];
/// What is paid for a child of somebody, right after its name.
pub const OF_KIN: [&str; 4] = ["托管", "午托", "接送", "午餐"];
/// What only a child is paid, right after the name.
pub const OF_CHILDREN: [&str; 8] = [
    "入托",
    "压岁钱",
    "压岁",
    "奶粉",
    "校服",
    "中考",
    "住校",
    "满月",
];
/// How somebody goes to school, before the school or the grade.
pub const READS: [&str; 9] = [
    "就读于",
    "就读",
    "在读",
    "读",
    "念",
    "升入",
    "考入",
    "升",
    "上",
];
/// What stands in a grade's room or is done there, after the word for a grade.
pub const OF_GRADE: [&str; 26] = [
    "教",
    "课",
    "桌",
    "老师",
    "班主任",
    "门",
    "道",
    "路",
    "黑板",
    "暖气",
    "取暖",
    "代课",
    "授课",
    "语文",
    "数学",
    "英语",
    "任课",
    "灯",
    "窗",
    "墙",
    "地面",
    "楼",
    "安装",
    "维修",
    "空调",
    "屋",
];
