//! Which names scripts can write.

use rune::{Context, Diagnostics, Source, Sources};

const KEYWORDS: &str = "as async await break const continue crate default else enum false fn for if impl in is let loop match mod move mut not pub return select Self self struct super true use while yield abstract alignof become do extern final macro offsetof override priv proc pure ref sizeof static typeof unsafe virtual type attribute event union auto box dyn where trait try any _";

fn compiles(text: &str) -> bool {
    let mut sources = Sources::new();
    sources.insert(Source::memory(text).unwrap()).unwrap();
    let context = Context::with_default_modules().unwrap();
    let mut diagnostics = Diagnostics::new();
    rune::prepare(&mut sources)
        .with_context(&context)
        .with_diagnostics(&mut diagnostics)
        .build()
        .is_ok()
}

#[test]
fn probe() {
    for word in KEYWORDS.split(' ') {
        println!("{word}: field {} set {} method {} function {} objectkey {} pattern {} literal {} path {}",
          compiles(&format!("pub fn main(x) {{ x.{word} }}")),
          compiles(&format!("pub fn main(x) {{ x.{word} = 1; }}")),
          compiles(&format!("pub fn main(x) {{ x.{word}(1) }}")),
          compiles(&format!("pub fn {word}(x) {{ x }}")),
          compiles(&format!("pub fn main(x) {{ #{{{word}: 1}} }}")),
          compiles(&format!("pub fn main(x) {{ if let #{{{word}: y}} = x {{ }} }}")),
          compiles(&format!("pub fn main(x) {{ let {word} = 1; }}")),
          compiles(&format!("mod a {{ pub fn {word}() {{}} }} pub fn main(x) {{ a::{word}() }}")),
        );
    }
}
