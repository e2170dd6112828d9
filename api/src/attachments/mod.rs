//! Photographs: taken in, made into pictures of ours, sealed, shown to whoever may see them, and blackened before a
//! voucher is shown to everybody. What gives photos to a case is the case's own (`complaints::photos`).

pub mod admin;
pub mod darkroom;
pub mod papers;
pub mod picture;
pub mod public;
pub mod service;
pub mod sweep;
pub mod views;
pub mod voucher_admin;
pub mod vouchers;
