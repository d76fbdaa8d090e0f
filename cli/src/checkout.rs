//! Where the project's checkout is: the template, the functions and what is installed for them.

use std::path::{Path, PathBuf};

/// The checkout around `directory`: the nearest folder upward with both `template.yaml` and `Cargo.toml`. Where there is
/// none, the one this program was built in, if it is still there.
pub fn find(directory: &Path) -> Option<PathBuf> {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_checkout = |folder: &&Path| folder.join("template.yaml").is_file() && folder.join("Cargo.toml").is_file();
    directory.ancestors().find(is_checkout).or_else(|| built_in.ancestors().find(is_checkout)).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checkout_is_found_from_a_folder_within() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(find(&here.join("src")).as_deref(), here.parent());
    }

    #[test]
    fn outside_of_one_it_is_where_this_was_built() {
        assert_eq!(find(Path::new("/")).as_deref(), Path::new(env!("CARGO_MANIFEST_DIR")).parent());
    }
}
