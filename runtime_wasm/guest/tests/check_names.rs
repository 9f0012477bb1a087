//! Names that are missing, twice, or out of sight.

mod fixture;
use fixture::check;

#[test]
fn every_missing_name_is_an_error_where_it_is_named() {
    check(
        r#"
fn sow(seeds) { prepare(seeds); water(bed); }
              //^^^^^^^ error[missing-item]: There is no `prepare` here
                              //^^^^^ error[missing-item]: There is no `water` here
                                    //^^^ error[missing-local]: There is no variable or function `bed` here
pub fn main() { sow(1); harvest(); }
                      //^^^^^^^ error[missing-item]
"#,
    );
}
