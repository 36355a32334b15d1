//! What models cost, as the operator sets it: `gpt-4.1-mini=0.40/1.60,other=0.10/0.20`.

use std::collections::BTreeMap;
use std::str::FromStr;

/// US dollars for a million tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    pub prompt: f64,
    pub completion: f64,
}

/// The most that a million tokens may cost: what is dearer is a slip.
const DOLLARS_MAX: f64 = 100_000.0;

impl Price {
    /// What so many tokens cost, in US dollars.
    pub fn of(self, prompt: u64, completion: u64) -> f64 {
        (prompt as f64 * self.prompt + completion as f64 * self.completion) / 1_000_000.0
    }
}

/// The prices of the models that have one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prices(BTreeMap<String, Price>);

/// What is wrong with prices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    #[error("{0:?} is not of the form MODEL=PROMPT/COMPLETION, for example gpt-4.1-mini=0.40/1.60")]
    Form(String),
    #[error("{0:?} is no price: US dollars per million tokens, from 0 to 100000")]
    Number(String),
    #[error("{0:?} has two prices")]
    Twice(String),
}

impl Prices {
    /// The price of a model, when it has one.
    pub fn of(&self, model: &str) -> Option<Price> {
        self.0.get(model).copied()
    }
}

impl FromStr for Prices {
    type Err = PriceError;

    fn from_str(text: &str) -> Result<Self, PriceError> {
        let mut prices = BTreeMap::new();
        for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            let form = || PriceError::Form(entry.to_owned());
            // Names of models hold colons and slashes.
            let (model, price) = entry.rsplit_once('=').ok_or_else(form)?;
            let (prompt, completion) = price.split_once('/').ok_or_else(form)?;
            let model = model.trim();
            if model.is_empty() {
                return Err(form());
            }
            let price = Price { prompt: dollars(prompt)?, completion: dollars(completion)? };
            if prices.insert(model.to_owned(), price).is_some() {
                return Err(PriceError::Twice(model.to_owned()));
            }
        }
        Ok(Self(prices))
    }
}

fn dollars(text: &str) -> Result<f64, PriceError> {
    let text = text.trim();
    let dollars = text.parse::<f64>().ok().filter(|dollars| (0.0..=DOLLARS_MAX).contains(dollars));
    dollars.ok_or_else(|| PriceError::Number(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read() {
        let prices: Prices =
            "gpt-4.1-mini=0.40/1.60, llama3.1:8b=0/0,org/model=1/2,".parse().expect("prices");
        assert_eq!(prices.of("gpt-4.1-mini"), Some(Price { prompt: 0.4, completion: 1.6 }));
        assert_eq!(prices.of("llama3.1:8b"), Some(Price { prompt: 0.0, completion: 0.0 }));
        assert_eq!(prices.of("org/model").map(|price| price.of(2_000_000, 500_000)), Some(3.0));
        assert_eq!(prices.of("gpt-4.1"), None);
        assert_eq!("".parse(), Ok(Prices::default()));
    }

    #[test]
    fn what_is_no_price_is_refused() {
        let check = |text: &str, expected: &str| {
            let error = text.parse::<Prices>().expect_err(text).to_string();
            assert!(error.contains(expected), "{text}: {error}");
        };
        check("gpt", "form");
        check("gpt=1", "form");
        check("=1/2", "form");
        check("gpt=1/", "no price");
        check("gpt=-1/2", "no price");
        check("gpt=NaN/2", "no price");
        check("gpt=inf/2", "no price");
        check("gpt=1/2/3", "no price");
        check("gpt=1/2,gpt=1/2", "two prices");
    }
}
