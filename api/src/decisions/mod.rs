//! Where a second person decides. Stands above the features, as the worker does: it finds the proposal,
//! asks the domain whether this person may be the second, and hands it to the feature that owns the subject.

pub mod admin;
pub mod decide;
pub mod lapse;
