//! `aegisflow user …`: accounts from the command line, for the first admin, for scripts, and for whoever is locked out.
//! Works beside a running server: what is changed here holds there within 5 s.

use crate::operator::{DataArgs, Operator, act};
use aegis_domain::Role;
use aegis_domain::entities::User;
use aegis_identity::token::OpaqueToken;
use aegis_identity::{ExposeSecret, SecretString, email, password, password_rule};
use aegis_server::access::members::NewUser;
use aegis_server::access::{lockouts, sessions};
use aegis_server::audit::Entry;
use aegis_store::{DocumentsExt, StoreError};
use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use std::io::Read;

/// Longest line read from standard input.
const LINE_BYTES: u64 = 4096;

/// `user …`
#[derive(Subcommand)]
pub enum UserCommand {
    /// Make an account; without --password-stdin its password is made up and printed
    #[command(after_help = "Example:\n  aegisflow user create --email maria@corp.example --role admin")]
    Create {
        #[command(flatten)]
        data: DataArgs,
        #[command(flatten)]
        who: Who,
        /// What they may do
        #[arg(long, value_enum)]
        role: RoleName,
        /// Shown name; without it the part of the address before the @
        #[arg(long)]
        name: Option<String>,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Set a new password, end every session and lift a lock
    #[command(after_help = "Example:\n  aegisflow user passwd --email maria@corp.example")]
    Passwd {
        #[command(flatten)]
        data: DataArgs,
        #[command(flatten)]
        who: Who,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Lift the lock after too many failed log-ins
    #[command(after_help = "Example:\n  aegisflow user unlock --email maria@corp.example")]
    Unlock {
        #[command(flatten)]
        data: DataArgs,
        #[command(flatten)]
        who: Who,
    },
}

/// Whose account.
#[derive(Args)]
pub struct Who {
    /// The account's address
    #[arg(long, value_name = "ADDRESS")]
    email: String,
}

/// A role, as a flag's value.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// Sees masked data
    Viewer,
    /// Works with it
    Analyst,
    /// Runs the system
    Admin,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Role {
        match name {
            RoleName::Viewer => Role::Viewer,
            RoleName::Analyst => Role::Analyst,
            RoleName::Admin => Role::Admin,
        }
    }
}

/// Runs it.
pub fn run(command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Create { data, who, role, name, password_stdin } => {
            let email = normalised(&who)?;
            let password = Password::ask(password_stdin, &email)?;
            act(&data, async |operator| create(operator, email, name, role.into(), &password).await)?;
            password.tell();
        }
        UserCommand::Passwd { data, who, password_stdin } => {
            let email = normalised(&who)?;
            let password = Password::ask(password_stdin, &email)?;
            act(&data, async |operator| passwd(operator, &email, &password).await)?;
            password.tell();
        }
        UserCommand::Unlock { data, who } => {
            let email = normalised(&who)?;
            act(&data, async |operator| unlock(operator, &email).await)?;
        }
    }
    Ok(())
}

async fn create(
    operator: &Operator,
    email: String,
    name: Option<String>,
    role: Role,
    password: &Password,
) -> anyhow::Result<()> {
    let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or_default().to_owned());
    let user = NewUser { email, name, role, password: password.hash()? }.at(operator.now());
    match operator.store.documents.insert(&user).await {
        Ok(()) => {}
        Err(StoreError::Duplicate { .. }) => bail!("{} has an account already", user.email),
        Err(error) => return Err(error.into()),
    }
    let entry = Entry::new("user.created")
        .object("user", user.id)
        .detail("email", &user.email)
        .detail("role", role.as_str());
    operator.record(entry).await
}

async fn passwd(operator: &Operator, email: &str, password: &Password) -> anyhow::Result<()> {
    let user = find(operator, email).await?;
    let hash = password.hash()?;
    let set = move |user: &mut User| user.password = Some(hash.clone());
    operator.store.documents.modify(&user.id.to_string(), &set).await?;
    let ended = sessions::end_all(&operator.store, user.id, None, operator.now()).await?;
    lockouts::unlock(&operator.store, email, operator.now()).await?;
    let entry = Entry::new("password.changed")
        .object("user", user.id)
        .detail("email", email)
        .detail("sessions_ended", ended.to_string());
    operator.record(entry).await
}

async fn unlock(operator: &Operator, email: &str) -> anyhow::Result<()> {
    let user = find(operator, email).await?;
    lockouts::unlock(&operator.store, email, operator.now()).await?;
    operator.record(Entry::new("account.unlocked").object("user", user.id).detail("email", email)).await
}

async fn find(operator: &Operator, email: &str) -> anyhow::Result<User> {
    let found = operator.store.documents.find::<User>("email", email).await?;
    Ok(found.with_context(|| format!("nobody has an account under {email}"))?.value)
}

fn normalised(who: &Who) -> anyhow::Result<String> {
    email::normalise(&who.email).map_err(|error| anyhow::anyhow!("--email {error}"))
}

/// A password to set, and whether its owner knows it.
struct Password {
    text: SecretString,
    made_up: bool,
}

impl Password {
    fn ask(from_stdin: bool, email: &str) -> anyhow::Result<Self> {
        if !from_stdin {
            return Ok(Password { text: made_up(), made_up: true });
        }
        let mut line = String::new();
        std::io::stdin()
            .take(LINE_BYTES)
            .read_to_string(&mut line)
            .context("the password on standard input is not readable text")?;
        let text = SecretString::from(line.lines().next().unwrap_or_default());
        let problems = password_rule::problems(text.expose_secret(), email);
        if !problems.is_empty() {
            let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
            bail!("the password {}", list.join("; "));
        }
        Ok(Password { text, made_up: false })
    }

    fn hash(&self) -> anyhow::Result<String> {
        Ok(password::hash(&self.text, &mut rand::rng())?)
    }

    /// Prints it where nobody could know it otherwise, alone, for scripts.
    fn tell(&self) {
        if self.made_up {
            println!("{}", self.text.expose_secret());
        }
    }
}

/// 144 random bits in 24 letters and digits.
fn made_up() -> SecretString {
    let token = OpaqueToken::generate(&mut rand::rng());
    SecretString::from(token.expose()[..24].to_owned())
}
