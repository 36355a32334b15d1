//! The part of the setup where a company is chosen whose past questions come first.

use domain::InputField;
use domain::past_questions::CompanyOption;
use domain::questions::{Field, Language, Level};
use leptos::prelude::*;

use super::setup_choice::Choice;
use crate::ui::{AtOnce, FieldError, FormState, described_by};

/// What of a setup decides which companies have something to ask.
type Asked = (Field, Level, Language);

/// The companies that have past questions, and the one that is chosen.
#[derive(Clone, Copy)]
pub struct Companies {
    all: StoredValue<Vec<CompanyOption>>,
    /// It stays chosen while another field is looked at that it has nothing for.
    chosen: RwSignal<Option<String>>,
}

impl Companies {
    /// None is chosen, or the one that an address names.
    pub fn new(all: Vec<CompanyOption>, named: Option<String>) -> Self {
        Self { all: StoredValue::new(all), chosen: RwSignal::new(named) }
    }

    /// The one that is chosen, if an interview of that setup can ask its questions.
    pub fn chosen_for(self, choice: &Choice) -> Option<String> {
        let offered = self.all.with_value(|all| offered(all, asked(choice)));
        self.chosen.get_untracked().filter(|chosen| offered.iter().any(|(company, _)| company == chosen))
    }
}

const fn asked(choice: &Choice) -> Asked {
    (choice.field, choice.level, choice.language)
}

/// The companies that have something to ask, and how much.
fn offered(all: &[CompanyOption], (field, level, language): Asked) -> Vec<(String, u32)> {
    all.iter()
        .filter(|option| option.field == field)
        .map(|option| (option.company.clone(), option.available(level, language)))
        .filter(|(_, questions)| *questions > 0)
        .collect()
}

/// A list to choose one from. Where no company has anything to ask, it says so and where to change that.
#[component]
pub fn CompanyChoice(companies: Companies, choice: RwSignal<Choice>, form: FormState) -> impl IntoView {
    let now = Memo::new(move |_| choice.with(asked));
    let list = move || {
        let now = now.get();
        let offered = companies.all.with_value(|all| offered(all, now));
        match offered.is_empty() {
            true => view! {
                <p class="hint">
                    {tr!(setup.no_company)} " "
                    <a href="/past-questions/new">{tr!(past_questions.add)}</a>
                </p>
            }
            .at_once(),
            false => view! { <List companies offered form/> }.at_once(),
        }
    };
    view! {
        <fieldset class="field company-choice">
            <legend>{tr!(setup.company)}</legend>
            {list}
            <FieldError field=InputField::Company form/>
        </fieldset>
    }
    .at_once()
}

#[component]
fn List(companies: Companies, offered: Vec<(String, u32)>, form: FormState) -> impl IntoView {
    let name = InputField::Company.as_str();
    let chosen = companies.chosen.get_untracked();
    let options = offered
        .into_iter()
        .map(|(company, questions)| {
            let selected = chosen.as_ref() == Some(&company);
            let shown = tr!(setup.company_option, company = company, n = questions);
            view! { <option value=company selected=selected>{shown}</option> }
        })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        let company = event_target_value(&event);
        companies.chosen.set((!company.is_empty()).then_some(company));
    };
    view! {
        <p class="hint" id=format!("{name}-hint")>{tr!(setup.company_hint)}</p>
        <select
            id=name
            name=name
            aria-label=tr!(setup.company)
            aria-describedby=described_by(name)
            aria-invalid=move || form.is_wrong(InputField::Company).then_some("true")
            on:change=choose
        >
            <option value="">{tr!(setup.any_company)}</option>
            {options}
        </select>
    }
    .at_once()
}

#[cfg(test)]
mod tests {
    use domain::interview::{Availability, Mode};

    use super::*;

    fn companies() -> Vec<CompanyOption> {
        let option = |company: &str, field, level| CompanyOption {
            company: company.to_owned(),
            field,
            available: vec![Availability { level, language: Language::Korean, questions: 2 }],
        };
        vec![
            option("가나", Field::Backend, Level::Junior),
            option("가나", Field::Cs, Level::Entry),
            option("다라", Field::Backend, Level::Mid),
        ]
    }

    #[test]
    fn a_company_is_offered_where_it_has_something_to_ask() {
        let check = |asked, expected: &[&str]| {
            let found: Vec<String> =
                offered(&companies(), asked).into_iter().map(|(company, _)| company).collect();
            assert_eq!(found, expected, "{asked:?}");
        };
        check((Field::Backend, Level::Junior, Language::Korean), &["가나"]);
        check((Field::Backend, Level::Mid, Language::Korean), &["다라"]);
        check((Field::Cs, Level::Entry, Language::Korean), &["가나"]);
        check((Field::Cs, Level::Entry, Language::English), &[]);
        check((Field::Frontend, Level::Entry, Language::Korean), &[]);
    }

    #[test]
    fn what_another_field_does_not_offer_is_not_sent() {
        Owner::new().with(|| {
            let mut choice = Choice {
                field: Field::Backend,
                topics: Vec::new(),
                level: Level::Mid,
                language: Language::Korean,
                questions: 5,
                mode: Mode::Coaching,
            };
            let chosen = Companies::new(companies(), Some("다라".to_owned()));
            assert_eq!(chosen.chosen_for(&choice).as_deref(), Some("다라"));
            choice.field = Field::Cs;
            assert_eq!(chosen.chosen_for(&choice), None);
            choice.field = Field::Backend;
            assert_eq!(chosen.chosen_for(&choice).as_deref(), Some("다라"), "it was not forgotten");
            assert_eq!(Companies::new(companies(), Some("마바".to_owned())).chosen_for(&choice), None);
        });
    }
}
