//! A catalogue: its matters, what can be wrong with it, and which matters are in force in a village.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::rule::{DueRule, Frequency};
use super::shipped;
use super::tightness;
use crate::disclosure::kind::DisclosureKind;
use crate::region::{Level, RegionCode};
use crate::text;
use crate::time::Timestamp;

/// The version of the catalogue that is shipped, in force in every county that has set none of its own.
pub const SHIPPED: i32 = 1;
/// More matters than any catalogue has.
pub const MOST_ITEMS: usize = 100;

/// What a rule rests on, so that nobody takes our choice for the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A law or rule of the State.
    Law,
    /// A rule or custom of some place.
    Local,
    /// This system's own choice.
    OurChoice,
    /// Nobody has checked it against its source (待核实).
    Unverified,
}

/// 公开依据
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CatalogueBasis)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The law and article, or what else it rests on; 1 to 200 characters.
    pub text: String,
    /// What kind of thing that is.
    pub source: Source,
}

/// One matter: a row of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CatalogueItem)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What it is called by, through all versions: 1 to 40 of `a-z`, `0-9`, `-`.
    pub code: String,
    /// 公开事项; 1 to 60 characters.
    pub name: String,
    /// The kind of disclosure that answers it.
    pub kind: DisclosureKind,
    /// 公开依据
    pub basis: Vec<Basis>,
    /// 公开时限: how often.
    pub frequency: Frequency,
    /// 公开时限: until when.
    pub due: DueRule,
    /// 公开主体; 1 to 100 characters.
    pub responsible: String,
    /// 公开渠道; 1 to 100 characters.
    pub channel: String,
    /// 公开层级
    pub level: Level,
}

/// A catalogue of a region in one version.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// Its matters. A county's are all there are; those of a township and a village are laid over what stands above.
    pub items: Vec<Item>,
}

/// What is wrong with a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlawKind {
    /// A text is empty, too long, or no text.
    Text,
    /// A code is no code.
    Code,
    /// A code twice, or a kind twice at the same frequency: nobody could tell what answers which.
    Twice,
    /// A number cannot be.
    Range,
    /// The rule does not fit the frequency.
    Rule,
    /// A region asks for less than stands above it.
    Looser,
}

/// Where what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// A JSON pointer.
    pub pointer: String,
    /// What.
    pub kind: FlawKind,
}

impl Catalogue {
    /// A matter by its code.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// The same with its texts trimmed, as it is kept.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let tidy = |text: &mut String| {
            if let Ok(line) = text::line(text, 0, usize::MAX) {
                *text = line;
            }
        };
        for item in &mut self.items {
            for text in [&mut item.name, &mut item.responsible, &mut item.channel] {
                tidy(text);
            }
            for basis in &mut item.basis {
                tidy(&mut basis.text);
            }
        }
        self
    }

    /// Everything that is wrong with it, for a region that what stands `above` is in force in.
    #[must_use]
    pub fn flaws(&self, above: &[Item]) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if self.items.len() > MOST_ITEMS {
            flaws.push(Flaw {
                pointer: "/items".into(),
                kind: FlawKind::Range,
            });
        }
        for (index, item) in self.items.iter().enumerate() {
            let mut flaw = |place: &str, kind| {
                flaws.push(Flaw {
                    pointer: format!("/items/{index}{place}"),
                    kind,
                });
            };
            if !is_code(&item.code) {
                flaw("/code", FlawKind::Code);
            }
            let earlier = self.items.iter().take(index);
            if earlier.clone().any(|other| other.code == item.code) {
                flaw("/code", FlawKind::Twice);
            }
            let mut others =
                earlier.chain(above.iter().filter(|one| self.item(&one.code).is_none()));
            if others.any(|other| (other.kind, other.frequency) == (item.kind, item.frequency)) {
                flaw("/kind", FlawKind::Twice);
            }
            for (place, text, most) in [
                ("/name", &item.name, 60),
                ("/responsible", &item.responsible, 100),
                ("/channel", &item.channel, 100),
            ] {
                if text::line(text, 1, most).is_err() {
                    flaw(place, FlawKind::Text);
                }
            }
            if item.basis.is_empty() || item.basis.len() > 10 {
                flaw("/basis", FlawKind::Range);
            }
            for (place, basis) in item.basis.iter().enumerate() {
                if text::line(&basis.text, 1, 200).is_err() {
                    flaw(&format!("/basis/{place}/text"), FlawKind::Text);
                }
            }
            if !item.due.fits(item.frequency) {
                flaw("/due", FlawKind::Rule);
            } else if !item.due.is_sound() {
                flaw("/due", FlawKind::Range);
            } else if let Some(above) = above.iter().find(|one| one.code == item.code)
                && tightness::is_looser(item, above)
            {
                flaw("/due", FlawKind::Looser);
            }
        }
        flaws
    }
}

fn is_code(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&text.len()) && text.bytes().all(plain)
}

/// A version that a region has set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Whose.
    pub region: RegionCode,
    /// Its number there; a county's first one is 2, after the shipped one.
    pub version: i32,
    /// For what opens from then on.
    pub begun_at: Timestamp,
    /// Its matters.
    pub catalogue: Arc<Catalogue>,
}

/// A matter that is in force somewhere, and which catalogue it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The region whose catalogue has it; `None`: the shipped one.
    pub region: Option<RegionCode>,
    /// That catalogue's version.
    pub version: i32,
    /// The matter.
    pub item: Item,
}

/// The matters in force at an instant, by code, where these versions of a place and of what it lies in are known: the
/// county's newest or, where it has set none, the shipped one, laid over by the township's and the village's.
#[must_use]
pub fn in_force(layers: &[Layer], at: Timestamp) -> Vec<InForce> {
    let newest = |level: Level| {
        layers
            .iter()
            .filter(|layer| layer.region.level() == level && layer.begun_at <= at)
            .max_by_key(|layer| layer.version)
    };
    let mut matters: BTreeMap<String, InForce> = BTreeMap::new();
    let mut lay = |region: Option<&RegionCode>, version: i32, catalogue: &Catalogue| {
        for item in &catalogue.items {
            let matter = InForce {
                region: region.cloned(),
                version,
                item: item.clone(),
            };
            matters.insert(item.code.clone(), matter);
        }
    };
    match newest(Level::County) {
        Some(county) => lay(Some(&county.region), county.version, &county.catalogue),
        None => lay(None, SHIPPED, shipped::catalogue()),
    }
    for level in [Level::Township, Level::Village] {
        if let Some(layer) = newest(level) {
            lay(Some(&layer.region), layer.version, &layer.catalogue);
        }
    }
    matters.into_values().collect()
}
