//! A picture as it was sent, made into one of ours. It is decoded whole, under limits, and written anew from its
//! pixels: places, times, the make of the phone, thumbnails, and whatever was hidden in it or behind it stay behind.
//! Taking such segments out would not do: there are more of them than anybody knows (`security.md` 1.4.6).

mod lean;

use std::borrow::Cow;
use std::io::Cursor;

use domain::attachment::{LONGEST_SIDE, MOST_BYTES, MOST_PIXELS, Media, Rectangle};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::error::LimitErrorKind;
use image::{
    DynamicImage, ImageDecoder as _, ImageEncoder as _, ImageError, ImageFormat, ImageReader,
    Limits, Rgb,
};

use crate::codes::Code;

/// Bytes that decoding one may take.
const MOST_MEMORY: u64 = 256 << 20;
/// Pixels along the longer side of what is kept: enough to read a receipt by.
const KEPT_SIDE: u32 = 2560;
/// Where faces and print are still clear, and a photograph is half a megabyte.
const QUALITY: u8 = 85;
/// Passes of a progressive JPEG. Cameras make ten; each of a hundred would cost as much as a whole picture.
const MOST_SCANS: usize = 40;

/// One of our pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is written as.
    pub media: Media,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// Makes a picture that somebody sent into one of ours: upright, no larger than needed, nothing but its pixels.
///
/// # Errors
/// [`Code::ImageUnsupported`], [`Code::ImageTooLarge`], [`Code::ImageTooComplex`] or [`Code::ImageUnreadable`].
pub fn develop(sent: &[u8]) -> Result<Picture, Code> {
    let format = format(sent).ok_or(Code::ImageUnsupported)?;
    if format == ImageFormat::Jpeg {
        check_jpeg(sent)?;
    }
    let read = match format {
        ImageFormat::Png => lean::lean(sent),
        _ => Cow::Borrowed(sent),
    };
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(&*read), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| match code(&error) {
        Code::ImageTooComplex if has_too_many_pixels(&read, format) => Code::ImageTooLarge,
        code => code,
    })?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        return Err(Code::ImageTooLarge);
    }
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(Code::ImageTooComplex);
    }
    // What cannot be read of it leaves the picture as it lies.
    let upright = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| code(&error))?;
    if width.max(height) > KEPT_SIDE {
        image = image.thumbnail(KEPT_SIDE, KEPT_SIDE);
    }
    if let Some(upright) = upright {
        image.apply_orientation(upright);
    }
    print(image)
}

/// One of our pictures once more, with black boxes in place of pixels.
///
/// # Errors
/// [`Code::ImageUnreadable`] when it is none of ours.
pub fn blacken(ours: &[u8], boxes: &[Rectangle]) -> Result<Picture, Code> {
    let format = format(ours).ok_or(Code::ImageUnreadable)?;
    let image = image::load_from_memory_with_format(ours, format).map_err(|error| code(&error))?;
    // Transparent places become white: a box must be black whatever shines through.
    let mut pixels = flat(&image);
    for one in boxes {
        for y in one.y..one.y.saturating_add(one.height).min(pixels.height()) {
            for x in one.x..one.x.saturating_add(one.width).min(pixels.width()) {
                pixels.put_pixel(x, y, Rgb([0; 3]));
            }
        }
    }
    jpeg(&pixels)
}

/// By its first bytes; what its name or sender says counts for nothing.
fn format(sent: &[u8]) -> Option<ImageFormat> {
    let is_webp = sent.starts_with(b"RIFF") && sent.get(8..12) == Some(b"WEBP");
    if sent.starts_with(&[0xff, 0xd8, 0xff]) {
        Some(ImageFormat::Jpeg)
    } else if sent.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if is_webp {
        Some(ImageFormat::WebP)
    } else {
        None
    }
}

/// A decoder of JPEG fills up what is missing with grey, and goes over the picture as often as it is told to.
fn check_jpeg(sent: &[u8]) -> Result<(), Code> {
    match scans(sent) {
        None => Err(Code::ImageUnreadable),
        Some(scans) if scans > MOST_SCANS => Err(Code::ImageTooComplex),
        Some(_) => Ok(()),
    }
}

/// The passes of a JPEG up to its end, whatever comes behind it; `None` when it does not come to its end.
fn scans(sent: &[u8]) -> Option<usize> {
    let (mut at, mut scans) = (2, 0);
    loop {
        while *sent.get(at)? != 0xff {
            at += 1;
        }
        while *sent.get(at)? == 0xff {
            at += 1;
        }
        let marker = *sent.get(at)?;
        at += 1;
        match marker {
            0xd9 => return Some(scans),
            // Bytes of a pass, and marks within it. What has no length by the standard and is skipped by one in the decoder
            // (TEM) is skipped by one here: passes would hide behind it.
            0x00 | 0xd0..=0xd8 => {}
            _ => {
                scans += usize::from(marker == 0xda);
                let length = [*sent.get(at)?, *sent.get(at + 1)?];
                at += usize::from(u16::from_be_bytes(length));
            }
        }
    }
}

/// Whether it says so itself: whoever decodes it may have run out of memory first.
fn has_too_many_pixels(sent: &[u8], format: ImageFormat) -> bool {
    let said = ImageReader::with_format(Cursor::new(sent), format).into_dimensions();
    said.is_ok_and(|(width, height)| u64::from(width) * u64::from(height) > MOST_PIXELS)
}

fn code(error: &ImageError) -> Code {
    match error {
        ImageError::Limits(limit) if matches!(limit.kind(), LimitErrorKind::InsufficientMemory) => {
            Code::ImageTooComplex
        }
        ImageError::Limits(_) => Code::ImageTooLarge,
        _ => Code::ImageUnreadable,
    }
}

/// As JPEG, or as PNG where something shines through.
fn print(image: DynamicImage) -> Result<Picture, Code> {
    if image.color().has_alpha() {
        let pixels = image.to_rgba8();
        if pixels.pixels().any(|pixel| pixel.0[3] != u8::MAX) {
            let (width, height) = pixels.dimensions();
            let mut bytes = Vec::new();
            PngEncoder::new(&mut bytes)
                .write_image(
                    pixels.as_raw(),
                    width,
                    height,
                    image::ExtendedColorType::Rgba8,
                )
                .map_err(|error| code(&error))?;
            if bytes.len() <= MOST_BYTES {
                return Ok(Picture {
                    media: Media::Png,
                    width,
                    height,
                    bytes,
                });
            }
        }
    }
    jpeg(&flat(&image))
}

/// Without transparency, on white paper.
fn flat(image: &DynamicImage) -> image::RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let clear = image.to_rgba8();
    let (width, height) = clear.dimensions();
    let mut paper = image::RgbImage::new(width, height);
    for (to, from) in paper.pixels_mut().zip(clear.pixels()) {
        let [red, green, blue, alpha] = from.0;
        let on_white = |part: u8| {
            let (part, alpha) = (u16::from(part), u16::from(alpha));
            let mixed = (part * alpha + 255 * (255 - alpha)) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *to = Rgb([on_white(red), on_white(green), on_white(blue)]);
    }
    paper
}

fn jpeg(pixels: &image::RgbImage) -> Result<Picture, Code> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(pixels)
        .map_err(|error| code(&error))?;
    Ok(Picture {
        media: Media::Jpeg,
        width: pixels.width(),
        height: pixels.height(),
        bytes,
    })
}

#[cfg(test)]
mod tests;
