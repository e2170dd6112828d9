//! The corner of the real tree in which the tests play, and the units founded with it.

/// 黑龙江省
pub const PROVINCE: &str = "230000000000";
/// 哈尔滨市
pub const CITY: &str = "230100000000";
/// 道外区
pub const COUNTY: &str = "230104000000";
/// 道里区, another county; none of its townships are here.
pub const OTHER_COUNTY: &str = "230102000000";
/// 团结镇 of 道外区
pub const TOWNSHIP: &str = "230104111000";
/// 民主镇, its neighbour
pub const NEIGHBOUR: &str = "230104112000";
/// 东风村 of 团结镇
pub const VILLAGE: &str = "230104111204";
/// 团结村 of 团结镇
pub const OTHER_VILLAGE: &str = "230104111208";

/// The codes that a test house knows: 道外区 with all its townships, the villages of 团结镇 and 民主镇, and
/// the head of another county.
pub fn is_here(code: &str) -> bool {
    [PROVINCE, CITY, OTHER_COUNTY].contains(&code)
        || code.starts_with("230104") && code.ends_with("000")
        || code.starts_with("230104111")
        || code.starts_with("230104112")
}

/// 村委会
pub fn committee(village: &str) -> String {
    format!("village-committee-{village}")
}

/// 村务监督委员会
pub fn supervision_committee(village: &str) -> String {
    format!("supervision-committee-{village}")
}

/// 镇政府
pub fn government(township: &str) -> String {
    format!("township-government-{township}")
}

/// 三资代理服务中心, led by the township's government
pub fn agency(township: &str) -> String {
    format!("accounting-agency-{township}")
}

/// 纪委: the supervising unit of a township, a county or a city
pub fn organ(region: &str) -> String {
    format!("discipline-organ-{region}")
}

/// 区政府
pub fn county_government(county: &str) -> String {
    format!("county-government-{county}")
}

/// 农业农村局, a unit of the county
pub fn bureau(county: &str) -> String {
    format!("agriculture-bureau-{county}")
}
