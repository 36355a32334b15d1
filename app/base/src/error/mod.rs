//! What a server function fails with when the failure is not part of a form.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(not(target_family = "wasm"))]
mod server;

#[cfg(target_family = "wasm")]
use browser::blame_the_request;
#[cfg(not(target_family = "wasm"))]
use server::blame_the_request;

use domain::{InputField, Problem};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::json::JsonText;

/// A failure as the screens know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum AppError {
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The server could not be reached. Nothing is known about whether it did what was asked.
    #[error("connection lost")]
    ConnectionLost,
    /// What arrived is not what was expected. The page and the server are of different versions, or something stands between them.
    #[error("unreadable")]
    Unreadable,
}

impl AppError {
    /// The input field that it is about, if any.
    pub fn field(&self) -> Option<InputField> {
        match self {
            Self::Problem(problem) => problem.field(),
            Self::ConnectionLost | Self::Unreadable => None,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::ConnectionLost,
            ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_) => {
                blame_the_request();
                Self::Unreadable
            }
            _ => Self::Problem(Problem::Internal),
        }
    }
}

/// What a form's server function returns: the inner problem is for the form to show, and is no error of the call.
pub type FormResult<T> = Result<Result<T, Problem>, AppError>;

/// One result for both kinds of failure.
pub fn flat<T>(result: FormResult<T>) -> Result<T, AppError> {
    result?.map_err(AppError::Problem)
}
