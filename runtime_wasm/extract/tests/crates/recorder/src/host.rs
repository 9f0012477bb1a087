//! A host that registers through a recorder.

mod recorder;

use recorder::{method, Recorder, TypeName, TypeRecorder};

const MODULE: &[&str] = &["garden", "tools"];
const DOCS: &str = "A tool.\n\n@since 0.3";
const KINDS: [&str; 2] = ["Rake", "Hoe"];

pub fn record(recorder: &mut Recorder) -> Result<()> {
    let named = |name| TypeName { module: MODULE, name, aliases: &[], prelude: false };
    recorder.record::<Spade>(
        TypeName { module: MODULE, name: "Spade", aliases: &["Shovel", "Digger"], prelude: true },
        DOCS,
        |types| {
            fields(types)?;
            digging(types)
        },
    )?;
    for kind in KINDS {
        recorder.record::<Tool>(named(kind), "One of the others.", |_| Ok(()))?;
    }
    recorder.record::<Late>(TypeName::plain("Late"), "Made by a function.", fields)?;
    recorder.record::<Unknown>(TypeName { module: MODULE, name: env!("NAME"), aliases: &[], prelude: true }, "", fields)?;
    recorder.module(&["garden"], "The garden.", |module| {
        function!(module, "weather(day: String) -> Object{sun, rain?}", "What it will be like.\n\n@permission clock", weather);
        Ok(())
    })?;
    recorder.attribute("plot", &["bed"], unchanged)
}

fn fields(types: &mut TypeRecorder) -> Result<()> {
    types.field("sharp", "bool", "Whether it cuts.", |tool: &Spade| tool.sharp)?;
    types.assignable(|tool: &mut Spade, value| tool.sharp = value)?;
    types.field("type", "String", "What it is.", |tool: &Spade| tool.kind.clone())
}

fn digging(types: &mut TypeRecorder) -> Result<()> {
    method!(types, "dig(&self, depth: i64, guard: fn(Event) -> bool) -> Result<(), String>", "Digs.", Spade::dig);
    method!(types, "async sharpen(self, with: String) -> Spade", "Sharpens it.", Spade::sharpen);
    associated_function!(types, Spade, "new() -> Spade", "A new one.", Spade::new);
    if cfg!(windows) {
        method!(types, "break_(&self)", "Breaks.", Spade::break_);
    }
    method!(types, "wrong(", "Has no end.", Spade::wrong);
    Ok(())
}
