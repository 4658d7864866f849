//! The JSON Schema of an output file, made from the rows of [`wire`].

use super::wire;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The schema (JSON Schema 2020-12) of the files that [`json`](super::json) writes.
///
/// It lets fields pass that it does not know: within a version, fields may be added.
pub fn json_schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.into_root_schema_for::<wire::Output>().to_value()
}
