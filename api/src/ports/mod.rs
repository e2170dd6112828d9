//! The ways out of the house: clocks, dice, keys, mail and the queue. Everything else asks these.

pub mod clock;
pub mod erasures;
pub mod files;
pub mod ids;
pub mod mailer;
pub mod queue;
pub mod sealer;
pub mod secrets;
pub mod token_keys;
pub mod tokens;
pub mod vault;
