//! The model interviewer against a model server that misbehaves.

mod llm {
    mod assessing;
    mod briefs;
    mod logging;
    mod speaking;
}
