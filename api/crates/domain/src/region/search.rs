//! The search for a region by what people type, in memory: the tree of the whole country has 663,000 regions, and a part
//! of a name is found there within milliseconds, which neither database's LIKE does.
//!
//! Names, pinyin and initials each lie in one text, a line a name, in the order of the codes; beside them stand orders of
//! their lines for what a name *begins* with. What it holds in the middle is looked for along the text, which ends as soon
//! as a page is full: a rare piece of a name costs one pass over some ten megabytes, a frequent one almost nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem::Finder;

use super::{Level, RegionCode, typed};

/// A name that a region is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name<'a> {
    /// The region.
    pub code: &'a str,
    /// The official name.
    pub name: &'a str,
    /// Bytes of it that make the name people say.
    pub short: usize,
    /// That in pinyin.
    pub pinyin: &'a str,
    /// Its initials.
    pub initials: &'a str,
}

/// What somebody typed, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The name or a part of it, its Latin letters in lower case.
    pub name: String,
    /// The same as pinyin or initials, where it can be that: Latin letters only.
    pub letters: Option<String>,
    /// Only regions of this level.
    pub level: Option<Level>,
    /// Only regions inside this one.
    pub inside: Option<RegionCode>,
}

/// How a place on the way is called: exactly so, or so beginning.
const PLACE_RANKS: [i64; 2] = [0, 1];
/// Places of one name that are looked into: there are not many townships called 团结镇.
const MOST_PLACES: usize = 50;

/// How well a region fits, the best first. The order of the results, and the number in their cursor.
const RANKS: [i64; 3] = [0, 1, 2];

/// What a short name may end with after the name somebody typed and still be exactly that place.
const KINDS_OF_PLACE: [&str; 10] = [
    "村", "社区", "镇", "乡", "街道", "区", "县", "市", "省", "林场",
];

/// What follows a typed name in an official one that is exactly that place: a kind of place, or what is left of the office:
/// 居委会, and of 团结村委会 and 团结村民委员会 the part after 团结村.
const AFTER_EXACT: [&str; 13] = [
    "村", "社区", "镇", "乡", "街道", "区", "县", "市", "省", "林场", "居", "委", "民",
];

/// Lines of text, each found again by its number.
#[derive(Debug, Default)]
struct Lines {
    text: Vec<u8>,
    /// Where each begins; one more than there are lines.
    begins: Vec<u32>,
}

impl Lines {
    fn push(&mut self, line: &str) {
        if self.begins.is_empty() {
            self.begins.push(0);
        }
        self.text.extend_from_slice(line.as_bytes());
        self.text.push(b'\n');
        self.begins
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    fn start(&self, at: usize) -> usize {
        self.begins
            .get(at)
            .map_or(self.text.len(), |begin| *begin as usize)
    }

    fn get(&self, at: usize) -> &[u8] {
        let (from, to) = (self.start(at), self.start(at + 1));
        self.text
            .get(from..to.saturating_sub(1))
            .unwrap_or_default()
    }

    /// The line that a byte lies in.
    fn line_of(&self, byte: usize) -> usize {
        let after = self.begins.partition_point(|begin| *begin as usize <= byte);
        after.saturating_sub(1)
    }

    /// The lines by their text.
    fn order(&self) -> Vec<u32> {
        let count = u32::try_from(self.begins.len().saturating_sub(1)).unwrap_or(0);
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_unstable_by(|one, other| self.get(*one as usize).cmp(self.get(*other as usize)));
        order
    }

    /// Those of an order that begin with this.
    fn beginning<'a>(&self, order: &'a [u32], with: &str) -> &'a [u32] {
        let with = with.as_bytes();
        let from = order.partition_point(|at| self.get(*at as usize) < with);
        let rest = order.get(from..).unwrap_or_default();
        let count = rest.partition_point(|at| self.get(*at as usize).starts_with(with));
        rest.get(..count).unwrap_or_default()
    }

    /// The lines of a range that hold this, in their order.
    fn holding<'a>(&'a self, lines: Range<usize>, what: &'a Finder<'a>) -> Holding<'a> {
        Holding {
            lines: self,
            what,
            at: self.start(lines.start),
            end: self.start(lines.end),
        }
    }

    fn bytes(&self) -> usize {
        self.text.capacity() + self.begins.capacity() * size_of::<u32>()
    }
}

struct Holding<'a> {
    lines: &'a Lines,
    what: &'a Finder<'a>,
    at: usize,
    end: usize,
}

impl Iterator for Holding<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let rest = self.lines.text.get(self.at..self.end)?;
        let line = self.lines.line_of(self.at + self.what.find(rest)?);
        // One of a line is enough.
        self.at = self.lines.start(line + 1);
        Some(line)
    }
}

/// All names, ready to be searched.
#[derive(Debug, Default)]
pub struct Index {
    /// The region of each name, as a number: ascending, and the same for each name of a region.
    codes: Vec<u64>,
    /// Bytes of each official name that make the name people say.
    shorts: Vec<u8>,
    names: Lines,
    pinyin: Lines,
    initials: Lines,
    by_name: Vec<u32>,
    by_pinyin: Vec<u32>,
    by_initials: Vec<u32>,
    /// The names of all that is no village: few, and what is wanted of one of their levels is looked for in them alone.
    upper: Vec<u32>,
}

fn number(code: &str) -> u64 {
    code.parse().unwrap_or(0)
}

impl Index {
    /// Takes in a name. They come in the order of their codes.
    pub fn push(&mut self, name: &Name<'_>) {
        let code = number(name.code);
        if level_of(code) != Level::Village {
            self.upper
                .push(u32::try_from(self.codes.len()).unwrap_or(u32::MAX));
        }
        self.codes.push(code);
        self.shorts
            .push(u8::try_from(name.short).unwrap_or(u8::MAX));
        // Latin letters alone change, and keep their length.
        self.names.push(&name.name.to_ascii_lowercase());
        self.pinyin.push(name.pinyin);
        self.initials.push(name.initials);
    }

    /// Makes it ready, once all names are in.
    pub fn finish(&mut self) {
        self.by_name = self.names.order();
        self.by_pinyin = self.pinyin.order();
        self.by_initials = self.initials.order();
        self.codes.shrink_to_fit();
        self.upper.shrink_to_fit();
        self.shorts.shrink_to_fit();
        for lines in [&mut self.names, &mut self.pinyin, &mut self.initials] {
            lines.text.shrink_to_fit();
            lines.begins.shrink_to_fit();
        }
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Bytes of memory it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let lines = [&self.names, &self.pinyin, &self.initials];
        let orders = [
            &self.by_name,
            &self.by_pinyin,
            &self.by_initials,
            &self.upper,
        ];
        self.codes.capacity() * size_of::<u64>()
            + self.shorts.capacity()
            + lines.map(Lines::bytes).iter().sum::<usize>()
            + orders
                .map(|order| order.capacity() * size_of::<u32>())
                .iter()
                .sum::<usize>()
    }

    /// A page of the regions found, each with its rank: exactly so called (0), so beginning (1), so called in part (2);
    /// within a rank by code. It begins after the place `after`.
    #[must_use]
    pub fn search(
        &self,
        wanted: &Wanted,
        after: Option<&(i64, String)>,
        limit: usize,
    ) -> Vec<(i64, RegionCode)> {
        self.ranked(&RANKS, wanted, after, limit)
    }

    fn ranked(
        &self,
        ranks: &[i64],
        wanted: &Wanted,
        after: Option<&(i64, String)>,
        limit: usize,
    ) -> Vec<(i64, RegionCode)> {
        let here = self.inside(wanted.inside.as_ref());
        let mut found = Vec::new();
        for rank in ranks.iter().copied() {
            let from = match after {
                Some((reached, _)) if rank < *reached => continue,
                Some((reached, code)) if rank == *reached => number(code) + 1,
                _ => 0,
            };
            let begin = self.codes.partition_point(|code| *code < from);
            let lines = here.start.max(begin)..here.end;
            let left = limit.saturating_sub(found.len());
            if left == 0 {
                break;
            }
            let codes = match rank {
                2 => self.holding(wanted, lines, left),
                _ => self.beginning(wanted, &lines, rank, left),
            };
            found.extend(codes.into_iter().take(left).filter_map(|at| {
                let code = self.codes.get(at).copied().unwrap_or(0);
                let code = RegionCode::try_from(format!("{code:012}")).ok()?;
                Some((rank, code))
            }));
        }
        found
    }

    /// A first page of the regions found when the name is read as a way: a place, and in it what is looked for. Best
    /// first, then by code; the ways that end with the smallest place before others.
    #[must_use]
    pub fn search_along(&self, wanted: &Wanted, limit: usize) -> Vec<(i64, RegionCode)> {
        for (place, rest) in typed::ways(&wanted.name) {
            let named = |name: &str, level, inside| Wanted {
                name: name.to_owned(),
                letters: None,
                level,
                inside,
            };
            let place = named(place, None, wanted.inside.clone());
            // A place is named as it begins: what holds the name somewhere is not looked through the country for.
            let mut places = self.ranked(&PLACE_RANKS, &place, None, MOST_PLACES);
            if places.is_empty() {
                places = self.search_along(&place, MOST_PLACES);
            }
            let mut found: Vec<(i64, RegionCode)> = places
                .into_iter()
                .map(|(_, place)| place)
                .filter(|place| place.level() != Level::Village)
                .flat_map(|place| {
                    let inside = named(rest, wanted.level, Some(place.clone()));
                    let mut found = self.search(&inside, None, limit);
                    found.retain(|(_, code)| *code != place);
                    found
                })
                .collect();
            found.sort_unstable();
            found.dedup();
            found.truncate(limit);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The names of the regions inside one.
    fn inside(&self, region: Option<&RegionCode>) -> Range<usize> {
        let Some(region) = region else {
            return 0..self.len();
        };
        let first = number(region.as_str());
        let digits = u32::try_from(12 - region.prefix().len().min(12)).unwrap_or(0);
        let end = first + 10_u64.pow(digits);
        let from = self.codes.partition_point(|code| *code < first);
        let to = self.codes.partition_point(|code| *code < end);
        from..to
    }

    fn fits(&self, at: usize, level: Option<Level>) -> bool {
        let code = self.codes.get(at).copied().unwrap_or(0);
        level.is_none_or(|level| level_of(code) == level)
    }

    /// How well one name fits what begins with it; `None` where it does not.
    fn rank_of(&self, at: usize, wanted: &Wanted) -> Option<i64> {
        let (name, typed) = (self.names.get(at), wanted.name.as_bytes());
        let short = self.shorts.get(at).map_or(0, |short| usize::from(*short));
        let by_name = name.starts_with(typed).then(|| {
            let rest = name.get(typed.len()..short).unwrap_or_default();
            let named = name == typed || typed.len() == short;
            let is_kind = || KINDS_OF_PLACE.iter().any(|kind| kind.as_bytes() == rest);
            i64::from(!(named || is_kind()))
        });
        let by_letters = wanted.letters.as_deref().and_then(|letters| {
            let letters = letters.as_bytes();
            let (pinyin, initials) = (self.pinyin.get(at), self.initials.get(at));
            let begins = pinyin.starts_with(letters) || initials.starts_with(letters);
            begins.then(|| i64::from(!(pinyin == letters || initials == letters)))
        });
        by_name.into_iter().chain(by_letters).min()
    }

    /// The lines of the names of the region that a line belongs to: they stand side by side.
    fn of_one_region(&self, at: usize) -> Range<usize> {
        let code = self.codes.get(at);
        let (mut from, mut to) = (at, at + 1);
        while from > 0 && self.codes.get(from - 1) == code {
            from -= 1;
        }
        while to < self.len() && self.codes.get(to) == code {
            to += 1;
        }
        from..to
    }

    /// The first line of the region of a line, and the best that any of its names fits.
    fn best_of(&self, at: usize, wanted: &Wanted) -> (usize, Option<i64>) {
        let lines = self.of_one_region(at);
        let best = lines
            .clone()
            .filter_map(|at| self.rank_of(at, wanted))
            .min();
        (lines.start, best)
    }

    /// Lines that may fit with a rank, as ranges of the orders: for the best rank, far fewer than begin so.
    fn candidates(&self, wanted: &Wanted, rank: i64) -> Vec<&[u32]> {
        let mut found = Vec::new();
        let letters = wanted.letters.as_deref();
        if rank == 0 {
            let name = &wanted.name;
            let equal = self.names.beginning(&self.by_name, name);
            let count = equal.partition_point(|at| self.names.get(*at as usize) == name.as_bytes());
            found.extend(equal.get(..count));
            found.extend(AFTER_EXACT.iter().map(|next| {
                self.names
                    .beginning(&self.by_name, &format!("{name}{next}"))
            }));
        } else {
            found.push(self.names.beginning(&self.by_name, &wanted.name));
        }
        for (lines, order) in [
            (&self.pinyin, &self.by_pinyin),
            (&self.initials, &self.by_initials),
        ] {
            let Some(letters) = letters else { continue };
            let begin = lines.beginning(order, letters);
            // What says just that comes before what goes on.
            let equal = |at: &u32| lines.get(*at as usize) == letters.as_bytes();
            let count = if rank == 0 {
                begin.partition_point(equal)
            } else {
                begin.len()
            };
            found.extend(begin.get(..count));
        }
        found
    }

    /// The first regions by code that begin so, of one rank: the first line of each.
    fn beginning(
        &self,
        wanted: &Wanted,
        lines: &Range<usize>,
        rank: i64,
        limit: usize,
    ) -> BTreeSet<usize> {
        let mut first = BTreeSet::new();
        for at in self.candidates(wanted, rank).into_iter().flatten() {
            let at = *at as usize;
            // Lines go by code: what comes after a full page's last need not be looked at.
            let is_late = first.len() >= limit && first.last().is_some_and(|last| *last < at);
            if is_late || !lines.contains(&at) || !self.fits(at, wanted.level) {
                continue;
            }
            let (line, best) = self.best_of(at, wanted);
            if best == Some(rank) {
                first.insert(line);
                if first.len() > limit {
                    first.pop_last();
                }
            }
        }
        first
    }

    /// The first regions by code that hold it somewhere and begin with it nowhere: the first line of each.
    fn holding(&self, wanted: &Wanted, lines: Range<usize>, limit: usize) -> BTreeSet<usize> {
        let mut first = BTreeSet::new();
        let name = Finder::new(&wanted.name);
        let letters = wanted.letters.as_deref().map(Finder::new);
        if wanted.level.is_some_and(|level| level != Level::Village) {
            let from = self
                .upper
                .partition_point(|at| (*at as usize) < lines.start);
            let upper = self.upper.iter().skip(from).map(|at| *at as usize);
            let holds = |at: usize| {
                let by_letters = |letters: &Finder<'_>| {
                    letters.find(self.pinyin.get(at)).is_some()
                        || letters.find(self.initials.get(at)).is_some()
                };
                name.find(self.names.get(at)).is_some() || letters.as_ref().is_some_and(by_letters)
            };
            let holding = upper
                .take_while(|at| *at < lines.end)
                .filter(|at| holds(*at));
            self.some(holding, wanted, limit, &mut first);
            return first;
        }
        self.some(
            self.names.holding(lines.clone(), &name),
            wanted,
            limit,
            &mut first,
        );
        if let Some(letters) = &letters {
            for text in [&self.pinyin, &self.initials] {
                self.some(
                    text.holding(lines.clone(), letters),
                    wanted,
                    limit,
                    &mut first,
                );
            }
        }
        first
    }

    /// Takes the first regions of lines that hold what is wanted. Each text gives as many: the first of all are among them.
    fn some(
        &self,
        lines: impl Iterator<Item = usize>,
        wanted: &Wanted,
        limit: usize,
        first: &mut BTreeSet<usize>,
    ) {
        let (mut own, mut last) = (0, None);
        for at in lines {
            if own >= limit {
                break;
            }
            if !self.fits(at, wanted.level) {
                continue;
            }
            let (line, best) = self.best_of(at, wanted);
            if best.is_none() && last != Some(line) {
                own += 1;
                last = Some(line);
                first.insert(line);
            }
        }
    }
}

fn level_of(code: u64) -> Level {
    match code {
        _ if code.is_multiple_of(10_000_000_000) => Level::Province,
        _ if code.is_multiple_of(100_000_000) => Level::City,
        _ if code.is_multiple_of(1_000_000) => Level::County,
        _ if code.is_multiple_of(1_000) => Level::Township,
        _ => Level::Village,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct One {
        code: &'static str,
        name: &'static str,
        short: &'static str,
        pinyin: &'static str,
        initials: &'static str,
    }

    const fn one(
        code: &'static str,
        name: &'static str,
        short: &'static str,
        pinyin: &'static str,
        initials: &'static str,
    ) -> One {
        One {
            code,
            name,
            short,
            pinyin,
            initials,
        }
    }

    /// A little tree; the last village was once called otherwise.
    const ALL: [One; 9] = [
        one(
            "230000000000",
            "黑龙江省",
            "黑龙江省",
            "heilongjiangsheng",
            "hljs",
        ),
        one("230100000000", "哈尔滨市", "哈尔滨市", "haerbinshi", "hebs"),
        one("230104000000", "道外区", "道外区", "daowaiqu", "dwq"),
        one("230104111000", "团结镇", "团结镇", "tuanjiezhen", "tjz"),
        one(
            "230104111204",
            "东风村村委会",
            "东风村",
            "dongfengcun",
            "dfc",
        ),
        one("230104111205", "团结村委会", "团结村", "tuanjiecun", "tjc"),
        one(
            "230104111206",
            "新东风村村委会",
            "新东风村",
            "xindongfengcun",
            "xdfc",
        ),
        one(
            "230104111207",
            "东方红村村委会",
            "东方红村",
            "dongfanghongcun",
            "dfhc",
        ),
        one(
            "230104111207",
            "东风屯村委会",
            "东风屯村",
            "dongfengtuncun",
            "dftc",
        ),
    ];

    fn index(all: &[One]) -> Index {
        let mut index = Index::default();
        for one in all {
            index.push(&Name {
                code: one.code,
                name: one.name,
                short: if one.short.len() <= one.name.len() && one.name.starts_with(one.short) {
                    one.short.len()
                } else {
                    one.name.len()
                },
                pinyin: one.pinyin,
                initials: one.initials,
            });
        }
        index.finish();
        index
    }

    fn wanted(name: &str) -> Wanted {
        let is_pinyin = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Wanted {
            name: name.to_owned(),
            letters: is_pinyin.then(|| name.to_owned()),
            level: None,
            inside: None,
        }
    }

    fn found(wanted: &Wanted) -> Vec<(i64, String)> {
        let all = index(&ALL).search(wanted, None, 20);
        let ends = |code: RegionCode| code.as_str().get(9..).unwrap_or_default().to_owned();
        all.into_iter()
            .map(|(rank, code)| (rank, ends(code)))
            .collect()
    }

    #[test]
    fn the_best_come_first_and_a_former_name_finds_too() {
        let list = |text: &[(i64, &str)]| -> Vec<(i64, String)> {
            text.iter()
                .map(|(rank, code)| (*rank, (*code).to_owned()))
                .collect()
        };
        assert_eq!(
            found(&wanted("东风")),
            list(&[(0, "204"), (1, "207"), (2, "206")])
        );
        assert_eq!(found(&wanted("东风村")), list(&[(0, "204"), (2, "206")]));
        assert_eq!(
            found(&wanted("东风村村委会")),
            list(&[(0, "204"), (2, "206")])
        );
        assert_eq!(
            found(&wanted("dongfeng")),
            list(&[(1, "204"), (1, "207"), (2, "206")])
        );
        assert_eq!(found(&wanted("dfc")), list(&[(0, "204"), (2, "206")]));
        assert_eq!(found(&wanted("东方红")), list(&[(0, "207")]));
        assert_eq!(found(&wanted("没有")), []);
        let township = Wanted {
            level: Some(Level::Township),
            ..wanted("结")
        };
        assert_eq!(found(&township), list(&[(2, "000")]));
        let exact = Wanted {
            level: Some(Level::Village),
            ..wanted("团结")
        };
        assert_eq!(found(&exact), list(&[(0, "205")]));
    }

    #[test]
    fn inside_a_region_and_page_by_page() {
        let index = index(&ALL);
        let mut wanted = wanted("d");
        wanted.inside = RegionCode::try_from("230104111000").ok();
        let whole = index.search(&wanted, None, 20);
        assert!(
            whole
                .iter()
                .all(|(_, code)| code.as_str().starts_with("230104111"))
        );
        let (mut pages, mut after) = (Vec::new(), None);
        loop {
            let page = index.search(&wanted, after.as_ref(), 1);
            let Some((rank, code)) = page.first() else {
                break;
            };
            after = Some((*rank, code.to_string()));
            pages.extend(page);
        }
        assert_eq!(pages, whole);
        assert!(index.bytes() > 0 && !index.is_empty());
        assert!(Index::default().search(&wanted, None, 20).is_empty());
    }

    /// As the rule says it, one region after the other.
    fn plainly(all: &[One], wanted: &Wanted) -> Vec<(i64, String)> {
        let rank = |one: &One| -> Option<i64> {
            let (name, short, typed) = (one.name, one.short, wanted.name.as_str());
            let kinds = || {
                KINDS_OF_PLACE
                    .iter()
                    .any(|kind| short == format!("{typed}{kind}"))
            };
            let letters = wanted.letters.as_deref().unwrap_or(" ");
            let spelled = [one.pinyin, one.initials];
            if name == typed || short == typed || kinds() || spelled.contains(&letters) {
                Some(0)
            } else if name.starts_with(typed)
                || spelled.iter().any(|text| text.starts_with(letters))
            {
                Some(1)
            } else if name.contains(typed) || spelled.iter().any(|text| text.contains(letters)) {
                Some(2)
            } else {
                None
            }
        };
        let mut best: std::collections::BTreeMap<&str, i64> = std::collections::BTreeMap::new();
        for one in all {
            let fits = wanted
                .level
                .is_none_or(|level| level_of(number(one.code)) == level);
            if let (Some(rank), true) = (rank(one), fits) {
                let known = best.entry(one.code).or_insert(rank);
                *known = rank.min(*known);
            }
        }
        let mut found: Vec<(i64, String)> = best
            .into_iter()
            .map(|(code, rank)| (rank, code.to_owned()))
            .collect();
        found.sort();
        found
    }

    proptest! {
        #[test]
        fn it_finds_what_the_rule_says(
            from in 0_usize..9,
            begin in 0_usize..6,
            length in 1_usize..6,
            letters in proptest::bool::ANY,
            level in proptest::option::of(0_usize..5),
            limit in 1_usize..6,
        ) {
            let one = &ALL[from];
            let text = if letters { one.pinyin } else { one.name };
            let typed: String = text.chars().skip(begin).take(length).collect();
            prop_assume!(!typed.is_empty());
            let levels = [Level::Village, Level::Township, Level::County, Level::City, Level::Province];
            let wanted = Wanted { level: level.map(|at| levels[at]), ..wanted(&typed) };
            let mut expected = plainly(&ALL, &wanted);
            expected.truncate(limit);
            let got = index(&ALL).search(&wanted, None, limit);
            let got: Vec<(i64, String)> = got.into_iter().map(|(rank, code)| (rank, code.to_string())).collect();
            prop_assert_eq!(got, expected);
        }
    }
}
