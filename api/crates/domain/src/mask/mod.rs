//! What the open web may read of a person: the surname and a ＊ for every other character, and no number
//! that leads to somebody. Units keep their names: who was paid from a village's money is the point of an
//! open account. The village's own staff read everything.

mod dotted;
mod health;
mod hidden;
mod latin;
mod names;
mod numbers;
mod relatives;
mod stand_ins;
mod standing;
mod titles;
mod told;
mod words;

pub use health::health;
pub use hidden::Hidden;
pub(crate) use names::told_characters;
pub use names::{hidden_names, hide, is_count, is_unit_of_many, names, people, persons, tells};
pub use numbers::numbers;
pub use relatives::relatives;
pub use stand_ins::stand_ins;
pub use standing::standing;
pub use titles::names_somebody;
pub use told::{told, warm};

/// What stands for a character that is not shown.
pub const HIDDEN: char = '＊';
