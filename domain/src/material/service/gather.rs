//! Copying the texts that an interview is to be about. What is not the viewer's is not found, by the services that own it.

use uuid::Uuid;

use crate::app::App;
use crate::documents::{self, DocumentKind};
use crate::error::Error;
use crate::letters::{self, LetterContent};
use crate::material::statements::HEADING;
use crate::material::{DOCUMENTS_MAX, LETTERS_MAX, Material, MaterialKind, NewMaterials, TEXT_MAX};
use crate::past_questions::Aim;
use crate::questions::Language;
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason, github};

/// What was chosen, read.
pub(crate) struct Gathered {
    pub materials: Vec<Material>,
    /// What the letters apply for.
    pub aims: Vec<Aim>,
}

/// The texts as they are now, in the order in which they were chosen.
///
/// # Errors
/// [`Problem::NotFound`] for what is not the viewer's; [`Problem::Invalid`] on `materials` or `github_name`; what looking up a profile
/// may fail with.
pub(crate) async fn gather(
    app: &App,
    viewer: &Viewer,
    new: &NewMaterials,
    language: Language,
) -> Result<Gathered, Error> {
    let (mut found, mut aims) = (Vec::new(), Vec::new());
    for id in distinct(&new.letters, LETTERS_MAX)? {
        let letter = letters::service::find(app, viewer, id).await?;
        aims.push(Aim { company: letter.content.company.clone(), job: letter.content.role.clone() });
        found.extend(of_letter(letter.content));
    }
    for id in distinct(&new.documents, DOCUMENTS_MAX)? {
        let document = documents::service::read(app, viewer, id).await?;
        let kind = match document.kind {
            DocumentKind::Resume => MaterialKind::Resume,
            DocumentKind::Posting => MaterialKind::Posting,
        };
        found.extend(material(kind, document.title, &document.text));
    }
    if let Some(name) = new.github() {
        let profile = github::service::look_up(app, viewer, name).await?;
        let facts = github::facts(&profile);
        let lines: Vec<&str> = facts
            .iter()
            .map(|fact| match language {
                Language::Korean => fact.text_ko.as_str(),
                Language::English => fact.text_en.as_str(),
            })
            .collect();
        found.extend(material(MaterialKind::Github, profile.user_name, &lines.join("\n")));
    }
    Ok(Gathered { materials: found, aims })
}

/// Each id once.
fn distinct(ids: &[Uuid], most: u32) -> Result<Vec<Uuid>, Problem> {
    let mut distinct: Vec<Uuid> = Vec::new();
    for id in ids {
        if !distinct.contains(id) {
            distinct.push(*id);
        }
        if distinct.len() > most as usize {
            return Err(Problem::Invalid { field: InputField::Materials, reason: Reason::NotOffered });
        }
    }
    Ok(distinct)
}

/// The answers of a letter below their items, and the posting that it goes with.
fn of_letter(content: LetterContent) -> Vec<Material> {
    let items = content.items.iter().map(|item| {
        let heading = item.question.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{HEADING}{heading}\n{}", item.answer)
    });
    let text = items.collect::<Vec<_>>().join("\n\n");
    let answered = content.items.iter().any(|item| !item.answer.trim().is_empty());
    let letter = answered.then(|| material(MaterialKind::Letter, title(&content), &text)).flatten();
    let posting = material(MaterialKind::Posting, title(&content), &content.posting);
    letter.into_iter().chain(posting).collect()
}

/// What a letter is called: as it is, or by the company that it goes to.
fn title(content: &LetterContent) -> String {
    let named = [&content.title, &content.company].into_iter().find(|name| !name.trim().is_empty());
    named.map(|name| name.trim().to_owned()).unwrap_or_default()
}

/// A text that can be stored, as much of it as is taken. None without a word.
fn material(kind: MaterialKind, title: String, text: &str) -> Option<Material> {
    // PostgreSQL cannot store a NUL.
    let text: String = text.chars().filter(|character| *character != '\0').take(TEXT_MAX as usize).collect();
    (!text.trim().is_empty()).then_some(Material { kind, title, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::LetterItem;

    #[test]
    fn a_letter_keeps_its_items_as_headings_and_brings_its_posting_along() {
        let item = |question: &str, answer: &str| LetterItem {
            id: Uuid::nil(),
            question: question.to_owned(),
            answer: answer.to_owned(),
            limit: None,
            tip: String::new(),
        };
        let content = LetterContent {
            company: "가나다".to_owned(),
            posting: "Kafka\0 경험".to_owned(),
            items: vec![item("지원\n동기", "하나"), item("성장", "둘")],
            ..LetterContent::empty(Language::Korean)
        };
        let found = of_letter(content.clone());
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].kind, found[0].title.as_str()), (MaterialKind::Letter, "가나다"));
        assert_eq!(found[0].text, "# 지원 동기\n하나\n\n# 성장\n둘");
        assert_eq!((found[1].kind, found[1].text.as_str()), (MaterialKind::Posting, "Kafka 경험"));
        let unanswered =
            LetterContent { items: vec![item("지원", " ")], posting: String::new(), ..content };
        assert_eq!(of_letter(unanswered), []);
    }

    #[test]
    fn no_more_is_copied_than_is_taken() {
        let long = "가".repeat(TEXT_MAX as usize + 5);
        let copied = material(MaterialKind::Resume, String::new(), &long).expect("a text");
        assert_eq!(copied.text.chars().count(), TEXT_MAX as usize);
        let ids: Vec<Uuid> = (0..9).map(Uuid::from_u128).collect();
        assert!(distinct(&ids, LETTERS_MAX).is_err());
        assert_eq!(distinct(&[ids[0]; 9], LETTERS_MAX), Ok(vec![ids[0]]));
    }
}
