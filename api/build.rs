//! The webs are built before this crate and go into it: a new file in either must build it anew.

fn main() {
    for web in ["../public-web/dist", "../admin-web/dist"] {
        // Cargo takes a missing folder for a changed one, and would build the crate anew each time.
        let _ = std::fs::create_dir_all(web);
        println!("cargo::rerun-if-changed={web}");
    }
}
