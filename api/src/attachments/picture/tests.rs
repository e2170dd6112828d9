use std::time::{Duration, Instant};

use image::{Rgba, RgbaImage};

use super::*;

/// A picture that is neither flat nor noise, so that every part of a decoder has something to do.
fn waves(width: u32, height: u32, alpha: bool) -> DynamicImage {
    RgbaImage::from_fn(width, height, |x, y| {
        let wave = |step: u32| u8::try_from((x * step + y * y / 3) % 256).unwrap();
        Rgba([
            wave(3),
            wave(7),
            wave(11),
            if alpha { wave(5) } else { 255 },
        ])
    })
    .into()
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn samples() -> Vec<Vec<u8>> {
    let opaque = DynamicImage::from(waves(70, 50, false).to_rgb8());
    vec![
        written(&opaque, ImageFormat::Jpeg),
        written(&opaque, ImageFormat::Png),
        written(&waves(70, 50, true), ImageFormat::Png),
        written(&DynamicImage::from(opaque.to_luma8()), ImageFormat::Png),
        written(&DynamicImage::from(opaque.to_rgb16()), ImageFormat::Png),
        written(&opaque, ImageFormat::WebP),
        written(&waves(70, 50, true), ImageFormat::WebP),
    ]
}

/// Numbers that look like dice and are the same every time.
struct Rolls(u64);

impl Rolls {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }
}

#[test]
fn whatever_is_done_to_a_file_it_is_a_picture_or_refused() {
    let mut rolls = Rolls(0x9e37_79b9_7f4a_7c15);
    let begun = Instant::now();
    let (mut taken, mut refused) = (0, 0);
    for sample in samples() {
        assert!(develop(&sample).is_ok());
        for _ in 0..300 {
            let mut bytes = sample.clone();
            for _ in 0..=rolls.below(4) {
                let place = rolls.below(bytes.len());
                match rolls.below(4) {
                    0 => bytes[place] ^= 1 << rolls.below(8),
                    1 => bytes[place] = [0, 1, 0x7f, 0x80, 0xff][rolls.below(5)],
                    2 => bytes.truncate(place.max(12)),
                    _ => {
                        let from = rolls.below(bytes.len());
                        let part = bytes[from..bytes.len().min(from + 40)].to_vec();
                        bytes.splice(place..place, part);
                    }
                }
            }
            let one = Instant::now();
            // A panic here fails the test; the server would answer it like any damaged picture.
            match develop(&bytes) {
                Ok(picture) => {
                    taken += 1;
                    assert!(picture.width > 0 && picture.height > 0);
                    assert!(picture.width.max(picture.height) <= KEPT_SIDE);
                    image::load_from_memory(&picture.bytes).unwrap();
                }
                Err(code) => {
                    refused += 1;
                    assert!([415, 422].contains(&code.status()), "{code:?}");
                }
            }
            assert!(one.elapsed() < Duration::from_secs(20));
        }
    }
    assert!(
        taken > 100 && refused > 100,
        "{taken} taken, {refused} refused"
    );
    assert!(begun.elapsed() < Duration::from_secs(300));
}

#[test]
fn passes_are_counted_up_to_the_end() {
    let photo = written(&waves(40, 40, false).to_rgb8().into(), ImageFormat::Jpeg);
    assert_eq!(scans(&photo), Some(1));
    // An archive behind it is no pass, whatever bytes it has.
    let behind = [photo.as_slice(), &[0xff, 0xda].repeat(100)].concat();
    assert_eq!(scans(&behind), Some(1));
    assert!(develop(&behind).is_ok());
    assert_eq!(scans(&photo[..photo.len() - 2]), None);
    assert_eq!(
        develop(&photo[..photo.len() - 2]),
        Err(Code::ImageUnreadable)
    );
    // What the decoder skips by its length hides no pass.
    let hides = [
        &photo[..2],
        &[0xff, 0x01, 0, 4, 0xff, 0xd9],
        &photo[2..photo.len() - 2],
        &[0xff, 0xda, 0, 2].repeat(50),
        &[0xff, 0xd9],
    ]
    .concat();
    assert_eq!(develop(&hides), Err(Code::ImageTooComplex));
    // The end of a thumbnail in a segment is not the end of the picture.
    let thumbnail = [
        &[0xff, 0xe1, 0, 6, 0xff, 0xd9, 0xff, 0xd9],
        &photo[2..photo.len() / 2],
    ];
    let cut = [&photo[..2], &thumbnail.concat()].concat();
    assert_eq!(develop(&cut), Err(Code::ImageUnreadable));
    let many = [
        &photo[..photo.len() - 2],
        &[0xff, 0xda, 0, 2].repeat(50),
        &[0xff, 0xd9],
    ]
    .concat();
    assert_eq!(develop(&many), Err(Code::ImageTooComplex));
}

/// A chunk with nobody's sum: it is not looked at here.
fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap();
    [&length.to_be_bytes(), name.as_slice(), body, &[0; 4]].concat()
}

#[test]
fn of_a_png_nothing_is_read_but_the_picture() {
    let plain = written(&waves(20, 20, true), ImageFormat::Png);
    let (head, rest) = plain.split_at(8 + 25);
    let around = [
        &b"iCCP"[..],
        b"zTXt",
        b"iTXt",
        b"tEXt",
        b"gAMA",
        b"acTL",
        b"fdAT",
    ];
    let around = around.map(|name| chunk(name.try_into().unwrap(), b"anything"));
    let full = [head, &around.concat(), rest, b"behind"].concat();
    assert_eq!(*lean::lean(&full), *plain);
    assert_eq!(develop(&full), develop(&plain));
    // How it lies and what shines through are a part of it.
    let kept = [chunk(b"tRNS", b"x"), chunk(b"eXIf", b"x")].concat();
    let full = [head, &kept, rest].concat();
    assert_eq!(*lean::lean(&full), *full);
    // What is cut off is left to be refused.
    for end in [3, 8, 20, 40, full.len() - 1] {
        assert_eq!(*lean::lean(&full[..end]), full[..end]);
    }
}

#[test]
fn what_shines_through_becomes_white_under_a_box_and_black_in_it() {
    let clear = RgbaImage::from_pixel(40, 40, Rgba([200, 10, 10, 0]));
    let ours = develop(&written(&clear.into(), ImageFormat::Png)).unwrap();
    assert_eq!(ours.media, Media::Png);
    let one = Rectangle {
        x: 8,
        y: 8,
        width: 16,
        height: 16,
    };
    let left = blacken(&ours.bytes, &[one]).unwrap();
    assert_eq!((left.media, left.width, left.height), (Media::Jpeg, 40, 40));
    let pixels = image::load_from_memory(&left.bytes).unwrap().to_rgb8();
    assert!(pixels.get_pixel(12, 12).0.iter().all(|part| *part < 10));
    assert!(pixels.get_pixel(36, 36).0.iter().all(|part| *part > 245));
}
