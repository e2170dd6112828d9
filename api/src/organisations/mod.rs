//! Units and their posts: to say whom a complaint is about (for everybody, without anybody's name), and as administrators
//! found, name and close them.

pub mod admin;
pub mod desk_views;
pub mod public;
pub mod service;
pub mod views;
