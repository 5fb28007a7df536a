//! The classifier's network: loads the ONNX file and runs it on tokens.
//! Called by `Classifier`. The runtime (rten) is written in Rust alone and memory-safe; should it panic on a file
//! that is wrong in a way it does not foresee, the panic ends here and is an error like any other.

use crate::OpenError;
use rten::{Dimension, Model, NodeId, Value};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What a text classifier takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    Ids,
    /// Ones: every token counts.
    Mask,
    /// Noughts: there is one text.
    Types,
}

/// A network that takes tokens and gives a number for each class.
#[derive(Debug)]
pub(crate) struct Network {
    model: Model,
    inputs: Vec<(NodeId, Input)>,
    output: NodeId,
}

impl Network {
    pub(crate) fn open(path: &Path) -> Result<Network, OpenError> {
        if let Err(error) = std::fs::File::open(path) {
            return Err(OpenError::Unread(path.to_owned(), error));
        }
        let model = caught(|| Model::load_file(path).map_err(|error| error.to_string()));
        let model = model.map_err(|why| OpenError::Network(path.to_owned(), why))?;
        let wrong = |why: String| OpenError::Shape(path.to_owned(), why);
        let inputs = inputs(&model).map_err(wrong)?;
        let output = output(&model).map_err(wrong)?;
        Ok(Network { model, inputs, output })
    }

    /// The number for each class.
    pub(crate) fn run(&self, tokens: &[i32]) -> Result<Vec<f32>, String> {
        let input = |kind: Input| {
            let row = match kind {
                Input::Ids => tokens.to_vec(),
                Input::Mask => vec![1; tokens.len()],
                Input::Types => vec![0; tokens.len()],
            };
            Value::from_shape([1, tokens.len()], row).map_err(|error| error.to_string())
        };
        let mut inputs = Vec::with_capacity(self.inputs.len());
        for (node, kind) in &self.inputs {
            inputs.push((*node, input(*kind)?.into()));
        }
        let run = || self.model.run(inputs, &[self.output], None).map_err(|error| error.to_string());
        let output = caught(run)?.pop().ok_or("it has no output")?;
        match output.into_shape_vec::<f32, 2>() {
            Ok(([1, _], logits)) => Ok(logits),
            Ok((shape, _)) => Err(format!("its output is of shape {shape:?} in place of [1, classes]")),
            Err(error) => Err(format!("its output is not of shape [1, classes]: {error}")),
        }
    }
}

fn inputs(model: &Model) -> Result<Vec<(NodeId, Input)>, String> {
    let mut inputs = Vec::new();
    for node in model.input_ids() {
        let name = name(model, *node);
        let kind = match name {
            "input_ids" => Input::Ids,
            "attention_mask" => Input::Mask,
            "token_type_ids" => Input::Types,
            _ => {
                return Err(format!(
                    "it takes {name:?}, where input_ids, attention_mask and token_type_ids are given"
                ));
            }
        };
        inputs.push((*node, kind));
    }
    if inputs.iter().all(|(_, kind)| *kind != Input::Ids) {
        return Err("it does not take input_ids".into());
    }
    Ok(inputs)
}

/// The output named `logits`, or the only one there is.
fn output(model: &Model) -> Result<NodeId, String> {
    let outputs = model.output_ids();
    let named = outputs.iter().find(|node| name(model, **node) == "logits");
    let output = *match (named, outputs) {
        (Some(output), _) | (None, [output]) => output,
        _ => return Err(format!("none of its {} outputs is called logits", outputs.len())),
    };
    let shape = model.node_info(output).and_then(|node| node.shape());
    match shape.as_deref() {
        None | Some([_, Dimension::Symbolic(_)]) => Ok(output),
        Some([_, Dimension::Fixed(classes)]) if *classes >= 2 => Ok(output),
        Some(shape) => {
            Err(format!("its output is of shape {shape:?} in place of [1, classes], classes at least 2"))
        }
    }
}

fn name(model: &Model, node: NodeId) -> &str {
    model.node_info(node).and_then(|node| node.name()).unwrap_or_default()
}

/// What `work` makes, or what it panicked about.
fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    // Nothing of ours is changed by `work`, so nothing can be left half done.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let told = panic.downcast_ref::<String>().map(String::as_str);
        let told = told.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown");
        Err(format!("the runtime broke off: {told}"))
    })
}
