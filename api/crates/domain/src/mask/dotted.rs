//! Names of peoples whose names are written in Chinese with a dot, in a sentence: `付阿依古丽·买买提工资`.

use std::borrow::Cow;

use super::HIDDEN;
use crate::personal::surnames::is_han;

/// Between the parts of such a name.
pub const DOTS: [char; 3] = ['·', '•', '・'];
/// Characters by which such names are written down.
const SOUNDS: &str = "阿艾安奥巴白拜班保贝比毕别波伯布才查达代旦道德迪地东都杜多额尔恩法凡菲夫弗富盖甘高戈格古瓜哈海罕汗合赫黑侯洪胡\
霍及吉加江杰金喀卡开凯康克肯孔库夸拉来兰朗乐勒雷黎里丽利力林娄鲁路伦罗洛马麦迈买曼美米密敏明莫穆木姆拿那娜乃奈妮尼宁诺努帕派皮普其奇恰乔切\
热日茹如肉瑞若萨赛桑沙山尚胜什施斯苏素孙索塔台太泰坦汤特提铁廷图吐托娃瓦外万维苇伟文翁乌吾武西希锡夏肖辛欣熊许旭雅亚延彦耶叶依伊尹英永优尤于\
玉约云匝再扎泽占哲不逊玛司义迭则仓多旦增巴桑宗瓦边白曲朗杰顿格强卓噶嘎平罗贡觉者珍治朱祖孜兹佐甫娅蒂莎措旺顿嘎次仁央赞";
/// Of these, those that seldom stand beside each other in other words; a name has two of them.
const STRONG: &str = "不逊玛扎措旺仁央嘎卓珠次仓艾阿尔买孜吐提甫尼娜热依卡木克姆帕肯穆扎迪古丽拉娅莎赛努麦维赫哈萨塔托伊帖蒂";

/// Masks such names, by the characters on both sides of the dot: `付阿依古丽·买买提工资` becomes `付阿＊＊＊·＊＊＊工资`; `东风村·丰收节`
/// stays.
pub fn dotted(text: &str) -> Cow<'_, str> {
    // Nearly every text ends here.
    if !text.contains(DOTS) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let is_dot = |at: usize| chars.get(at).is_some_and(|c| DOTS.contains(c));
    let sounds = |at: usize| chars.get(at).is_some_and(|c| SOUNDS.contains(*c));
    let mut hidden = vec![false; chars.len()];
    for dot in (0..chars.len()).filter(|at| is_dot(*at)) {
        let start = (0..dot).rev().take_while(|at| sounds(*at)).last();
        let end = (dot + 1..chars.len()).take_while(|at| sounds(*at)).last();
        let (Some(start), Some(end)) = (start, end) else {
            continue;
        };
        let name = chars.get(start..=end).unwrap_or_default();
        let strong = name.iter().filter(|c| STRONG.contains(**c)).count();
        if dot - start >= 2 && end - dot >= 2 && strong >= 2 {
            for (at, is_hidden) in hidden.iter_mut().enumerate() {
                *is_hidden |= (start + 1..=end).contains(&at);
            }
        }
    }
    let shown = chars.iter().zip(hidden);
    let shown = shown.map(|(c, hidden)| if hidden && is_han(*c) { HIDDEN } else { *c });
    Cow::Owned(shown.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_dot_is_hidden_among_words() {
        for (text, shown) in [
            ("付阿依古丽·买买提工资", "付阿＊＊＊·＊＊＊工资"),
            ("阿依古丽·买买提征地款", "阿＊＊＊·＊＊＊征地款"),
            ("买买提·艾力家", "买＊＊·＊＊家"),
            ("救助吐尔洪•卡迪尔", "救助吐＊＊•＊＊＊"),
            ("付买买提·阿不都拉工钱", "付买＊＊·＊＊＊＊工钱"),
            ("吐尔逊·阿不都拉", "吐＊＊·＊＊＊＊"),
            ("扎西·次仁", "扎＊·＊＊"),
            ("白玛·央金", "白＊·＊＊"),
            ("艾力·吐尔逊", "艾＊·＊＊＊"),
            ("马合木提·司马义", "马＊＊＊·＊＊＊"),
            ("阿不都·热合曼", "阿＊＊·＊＊＊"),
            ("付努尔兰·哈力克一次", "付努＊＊·＊＊＊一次"),
        ] {
            assert_eq!(dotted(text), shown, "{text}");
        }
        for text in [
            "东风村·丰收节",
            "乡村振兴·我先行",
            "冰雪·高山",
            "演示·账",
            "张家屯·李家屯道路维修",
            "马家沟·白家屯",
            "吉祥·如意",
            "2026·春",
            "·",
            "",
            "克·拉",
        ] {
            assert_eq!(dotted(text), text);
        }
    }
}
