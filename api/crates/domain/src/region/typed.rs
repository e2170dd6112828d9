//! A place as people write it down: with its office (东风村委会), and with the places it lies in before it (团结镇东风村).

/// Offices of a village or a community, and what is left of the name without them. The longer come first. Without its
/// office 和平居委会 would be any 和平 of the country: it is looked for as it is typed.
const OFFICES: [(&str, &str); 6] = [
    ("村村民委员会", "村"),
    ("村民委员会", "村"),
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("村村委会", "村"),
    ("村委会", "村"),
];

/// A way leads through no more places than these: province, city, county and township, and two for names that hold the
/// sign of a place themselves. What has more is no way, and each more would double the work.
const MOST_WAYS: usize = 6;

/// What ends the name of a place that others lie in.
const ENDS: [&str; 9] = ["街道", "省", "市", "区", "县", "旗", "镇", "乡", " "];

/// The name without the office that serves the place.
///
/// ```
/// # use domain::region::typed::without_office;
/// assert_eq!(without_office("东风村委会"), "东风村");
/// assert_eq!(without_office("靖宇社区居民委员会"), "靖宇社区");
/// assert_eq!(without_office("村委会"), "村委会");
/// ```
#[must_use]
pub fn without_office(name: &str) -> String {
    OFFICES
        .iter()
        .find_map(|(office, left)| {
            let place = name.strip_suffix(office)?.trim_end();
            (!place.is_empty()).then(|| format!("{place}{left}"))
        })
        .unwrap_or_else(|| name.to_owned())
}

/// Every way to read a name as a place and, after it, what lies in it; the last place of the way first, so that of
/// 道外区团结镇东风村 it is 团结镇 that 东风村 is looked for in. None where there are more than a way can have.
#[must_use]
pub fn ways(name: &str) -> Vec<(&str, &str)> {
    let mut ways: Vec<(&str, &str)> = ENDS
        .iter()
        .flat_map(|end| {
            name.match_indices(end).filter_map(|(at, found)| {
                let (place, rest) = name.split_at(at + found.len());
                let (place, rest) = (place.trim(), rest.trim());
                // 区 alone is no place.
                (place.chars().count() > 1 && !rest.is_empty()).then_some((place, rest))
            })
        })
        .collect();
    ways.sort_by_key(|(place, _)| std::cmp::Reverse(place.len()));
    ways.dedup();
    if ways.len() > MOST_WAYS {
        ways.clear();
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_read_from_its_end() {
        assert_eq!(ways("团结镇东风村"), [("团结镇", "东风村")]);
        assert_eq!(
            ways("道外区 团结镇东风村"),
            [("道外区 团结镇", "东风村"), ("道外区", "团结镇东风村")]
        );
        assert_eq!(ways("东风村"), []);
        assert_eq!(ways("团结镇"), []);
        assert_eq!(ways("区东风"), []);
        assert_eq!(ways("黑龙江省哈尔滨市道外区团结镇东风村").len(), 4);
        assert_eq!(ways(&"镇".repeat(50)), [], "no way");
    }

    #[test]
    fn an_office_is_its_place() {
        for (typed, place) in [
            ("东风村村民委员会", "东风村"),
            ("东风村民委员会", "东风村"),
            ("东风村村委会", "东风村"),
            ("和平居委会", "和平居委会"),
            ("高新区管委会", "高新区管委会"),
            ("东风", "东风"),
        ] {
            assert_eq!(without_office(typed), place);
        }
    }
}
