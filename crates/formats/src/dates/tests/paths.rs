//! Days in paths and addresses.

use crate::dates::{Outcome, in_path, in_url};

use super::shown;

fn day(when: Option<crate::dates::When>) -> Option<String> {
    when.map(|when| shown(Outcome::Date(when)))
}

#[test]
fn a_path_may_name_its_day() {
    for (path, expected) in [
        ("2021/03/04/story.txt", "2021-03-04"),
        ("news/2021/03/04/07.txt", "2021-03-04"),
        ("2021-03-04_x.txt", "2021-03-04"),
        ("courier/1865-04-15.txt", "1865-04-15"),
        ("a_20210304_b.txt.gz", "2021-03-04"),
        ("20210304100000-17.txt", "2021-03-04"),
        ("2021_03_04.txt", "2021-03-04"),
        ("2021.03.04", "2021-03-04"),
        ("2021-03-01/2021-03-04.txt", "2021-03-04"),
        ("2021/mar/04/x.txt", "2021-03-04"),
        ("Courier, March 4, 2021.txt", "2021-03-04"),
        ("4_mars_2021.txt", "2021-03-04"),
        ("kikuzo/2021年3月4日.txt", ""),
        ("04-03-2021.txt", ""),
        ("2021/03/x.txt", ""),
        ("12345678.txt", ""),
        ("doi-10.1038-99999999.txt", ""),
        ("chapter-3-4.txt", ""),
        ("", ""),
    ] {
        assert_eq!(day(in_path(path)).unwrap_or_default(), expected, "{path}");
    }
}

#[test]
fn an_address_names_a_day_only_in_parts_of_its_own() {
    for (url, expected) in [
        ("https://site.example/2021/03/04/a-story", "2021-03-04"),
        (
            "https://site.example/world/2021/mar/04/a-story-of-7-days",
            "2021-03-04",
        ),
        (
            "https://web.archive.org/web/20220101000000/https://site.example/2021/3/4/a",
            "2021-03-04",
        ),
        ("https://site.example/a?next=/2021/03/04/", ""),
        ("https://site.example/2021-03-04-story", ""),
        ("https://site.example/1234/03/04/a", ""),
        ("https://site.example/2021/13/04/a", ""),
        ("20210304", ""),
    ] {
        assert_eq!(day(in_url(url)).unwrap_or_default(), expected, "{url}");
    }
}
