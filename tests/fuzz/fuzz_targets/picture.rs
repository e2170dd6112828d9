//! A photo, or something that says it is one.
#![no_main]

use domain::attachment::Rectangle;
use libfuzzer_sys::fuzz_target;
use yidiantong::attachments::picture::{blacken, develop};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(ours) = develop(bytes) {
        // What we made can be made again.
        let all = Rectangle {
            x: 0,
            y: 0,
            width: ours.width,
            height: ours.height,
        };
        assert!(blacken(&ours.bytes, &[all]).is_ok());
    }
});
