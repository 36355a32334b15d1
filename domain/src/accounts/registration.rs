//! Who may make an account: the one place that decides it, for every door.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::RegistrationView;
use super::one_time_link::{self, LinkPurpose};
use crate::Problem;
use crate::app::App;
use crate::error::Error;
use crate::settings::{self, REGISTRATION, Registration};

/// What a page says about registering, before anything is typed.
///
/// # Errors
/// Internal ones only.
pub async fn view(app: &App, invitation: Option<&str>) -> Result<RegistrationView, Error> {
    Ok(RegistrationView {
        registration: settings::registration(app).await?,
        is_open: match may_register(app, invitation).await {
            Ok(()) => true,
            Err(Error::Problem(Problem::RegistrationClosed | Problem::InvitationNeeded)) => false,
            Err(error) => return Err(error),
        },
    })
}

/// Looks whether somebody may register. It uses nothing up.
///
/// # Errors
/// [`Problem::RegistrationClosed`], [`Problem::InvitationNeeded`].
pub(super) async fn may_register(app: &App, invitation: Option<&str>) -> Result<(), Error> {
    let works = match invitation {
        Some(token) => one_time_link::is_live(app, LinkPurpose::Invitation, token).await?,
        None => false,
    };
    decide(settings::registration(app).await?, works)
}

/// Lets somebody register, in the transaction that makes the account: whatever makes one, for whoever came by whatever door, asks
/// here. Where an invitation is needed it is used up.
///
/// # Errors
/// [`Problem::RegistrationClosed`], [`Problem::InvitationNeeded`].
pub async fn admit(
    app: &App,
    transaction: &DatabaseTransaction,
    invitation: Option<&str>,
) -> Result<(), Error> {
    let registration = settings::read(transaction, &REGISTRATION).await?;
    let works = match (registration, invitation) {
        (Registration::Invitation, Some(token)) => redeem(app, transaction, token).await?,
        _ => false,
    };
    decide(registration, works)
}

async fn redeem(app: &App, transaction: &impl ConnectionTrait, token: &str) -> Result<bool, Error> {
    match one_time_link::redeem(app, transaction, LinkPurpose::Invitation, token).await {
        Ok(_) => Ok(true),
        Err(Error::Problem(Problem::NotFound)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn decide(registration: Registration, is_invited: bool) -> Result<(), Error> {
    match registration {
        Registration::Open => Ok(()),
        Registration::Invitation if is_invited => Ok(()),
        Registration::Invitation => Err(Problem::InvitationNeeded.into()),
        Registration::Closed => Err(Problem::RegistrationClosed.into()),
    }
}
