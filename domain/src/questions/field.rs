//! The closed lists that a question is filed under.

use serde::{Deserialize, Serialize};

/// Declares a closed list with one stable word per variant: the word on the wire, in the database and in files.
macro_rules! words {
    // The word is a plain token: a `literal` would reach the derive of the schema in an invisible group that it cannot read.
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:tt),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(Serialize, Deserialize, utoipa::ToSchema)]
        $(#[$meta])*
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// Every variant, in the order in which it is offered.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word that stands for this variant on the wire, in the database and in files.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownWord { list: stringify!($name), word: word.to_owned() }),
                }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// 분야: what an interview is about. A topic belongs to exactly one field.
    Field {
        Cs = "cs",
        Backend = "backend",
        Frontend = "frontend",
        Mobile = "mobile",
        Devops = "devops",
        Data = "data",
        Ml = "ml",
        Security = "security",
        SystemDesign = "system-design",
        /// 인성: experience and attitude rather than knowledge.
        Person = "person",
    }
}

words! {
    /// 경력: the career level a question suits. Ordered from the first job upwards.
    Level {
        Entry = "entry",
        Junior = "junior",
        Mid = "mid",
        Senior = "senior",
    }
}

words! {
    /// The language of an interview, of a question and of the screens.
    Language {
        Korean = "ko",
        English = "en",
    }
}

words! {
    /// What an answer to the question consists of.
    Kind {
        /// Explain a thing and how it works.
        Concept = "concept",
        /// Weigh alternatives for a given purpose.
        Tradeoff = "trade-off",
        /// Find out why something goes wrong.
        Debugging = "debugging",
        /// Tell of something one did: situation, action, result.
        Experience = "experience",
    }
}

words! {
    /// How deep a follow-up goes. The order is the order in which an interviewer descends.
    Depth {
        Define = "define",
        Mechanism = "mechanism",
        Tradeoff = "trade-off",
        Failure = "failure",
        Experience = "experience",
    }
}

impl Depth {
    /// Depths from the shallowest to the deepest.
    pub fn rank(self) -> usize {
        Self::ALL.iter().position(|depth| *depth == self).unwrap_or_default()
    }
}
