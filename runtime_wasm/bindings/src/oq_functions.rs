//! The filters that a filter of `oq` can use: jq's own without those that read a clock, a console or the environment.

use jaq_core::load::{self, parse::Def};
use jaq_core::native::{bome, run, v, Filter, Fun};
use jaq_core::{Cv, RunPtr, ValXs};
use jaq_json::{Error, Val};
use jaq_std::ValT;

use crate::oq_filter::Data;
use crate::{oq_encodings, oq_regex};

/// Definitions of the library whose parts are not here.
const LEFT_OUT: [&str; 13] = [
    "@htmld",
    "debug",
    "drem",
    "fromdate",
    "gamma",
    "halt_error",
    "logb",
    "nexttoward",
    "pow10",
    "scalb",
    "significand",
    "stderr",
    "todate",
];

/// What jq has and the library lacks.
const ADDED: &str = r#"
def escaped_cell: split("\\") | join("\\\\") | split("\t") | join("\\t") | split("\n") | join("\\n") | split("\r") | join("\\r");
def cells(text): map(if isstring then text elif . == null then "" elif . < "" then tojson
    else error("a row holds texts, numbers, true, false and null") end);
def @csv: cells("\"" + (split("\"") | join("\"\"")) + "\"") | join(",");
def @tsv: cells(escaped_cell) | join("\t");
"#;

/// What is defined in jq's language itself.
pub(crate) fn definitions() -> impl Iterator<Item = Def<&'static str>> {
    let library = jaq_core::defs().chain(jaq_std::defs());
    let added = load::parse(ADDED, |parser| parser.defs());
    let added = added.expect("a test uses each of them");
    let all = library.chain(jaq_json::defs()).chain(added);
    all.filter(|definition| !LEFT_OUT.contains(&definition.name))
}

/// What is written in Rust.
pub(crate) fn functions() -> impl Iterator<Item = Fun<Data>> {
    let library = jaq_core::funs().chain(jaq_std::base_funs());
    let own = [numbers(), oq_encodings::filters(), oq_regex::filters()];
    let own = own.into_iter().flatten().map(run::<Data>);
    library.chain(jaq_json::funs()).chain(own)
}

/// Filters on numbers, by the names that they have in jq.
fn numbers() -> Vec<Filter<RunPtr<Data>>> {
    vec![
        ("acos", v(0), |cv| number(cv, f64::acos)),
        ("asin", v(0), |cv| number(cv, f64::asin)),
        ("atan", v(0), |cv| number(cv, f64::atan)),
        ("cbrt", v(0), |cv| number(cv, f64::cbrt)),
        ("cos", v(0), |cv| number(cv, f64::cos)),
        ("exp", v(0), |cv| number(cv, f64::exp)),
        ("exp10", v(0), |cv| number(cv, |power| 10f64.powf(power))),
        ("exp2", v(0), |cv| number(cv, f64::exp2)),
        ("fabs", v(0), |cv| number(cv, f64::abs)),
        ("log", v(0), |cv| number(cv, f64::ln)),
        ("log10", v(0), |cv| number(cv, f64::log10)),
        ("log2", v(0), |cv| number(cv, f64::log2)),
        ("sin", v(0), |cv| number(cv, f64::sin)),
        ("sqrt", v(0), |cv| number(cv, f64::sqrt)),
        ("tan", v(0), |cv| number(cv, f64::tan)),
        ("trunc", v(0), |cv| number(cv, f64::trunc)),
        ("atan2", v(2), |cv| of_two(cv, f64::atan2)),
        ("fmax", v(2), |cv| of_two(cv, f64::max)),
        ("fmin", v(2), |cv| of_two(cv, f64::min)),
        ("fmod", v(2), |cv| of_two(cv, |one, other| one % other)),
        ("pow", v(2), |cv| of_two(cv, f64::powf)),
    ]
}

fn number<'a>((_, value): Cv<'a, Data>, calculate: fn(f64) -> f64) -> ValXs<'a, Val> {
    bome(float(&value).map(|number| Val::from(calculate(number))))
}

fn of_two<'a>(mut cv: Cv<'a, Data>, calculate: fn(f64, f64) -> f64) -> ValXs<'a, Val> {
    let other = cv.0.pop_var();
    let one = cv.0.pop_var();
    bome(float(&one).and_then(|one| Ok(Val::from(calculate(one, float(&other)?)))))
}

fn float(value: &Val) -> Result<f64, Error> {
    let number = value.as_f64();
    number.ok_or_else(|| Error::typ(value.clone(), "number"))
}
