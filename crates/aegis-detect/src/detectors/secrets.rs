//! Secrets: tokens of known issuers, private keys, signed tokens, connection strings, and what is given
//! to a name such as `password` or `api_key`. Facts: the issuers' documentation of their formats.

mod assignment;
mod code;
mod connection;
mod formats;
mod jwt;
mod key_block;
mod looks;
mod names;
mod sieve;
mod spoken;
mod token;

use crate::detector::{Candidates, Detector, DetectorInfo, Match, Numbers};
use crate::finding::{Category, Severity};
use crate::lexer::Kind;
use crate::site::Site;

pub(crate) use sieve::may_be_token;

pub(crate) static SECRETS: Detector = Detector {
    info: DetectorInfo {
        id: "secrets",
        name: "Secret",
        description: "Tokens by their issuer's format and check sum, private keys, JSON web tokens, connection strings with a password, and random values given to names such as password or api_key.",
        category: Category::Secret,
        severity: Severity::Critical,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["ISO 27001 A.8.12", "SOC 2 CC6.1", "GDPR 32", "OWASP LLM02"],
        max_hold: crate::site::hold(&[Kind::Token, Kind::Assign, Kind::Scheme, Kind::Block, Kind::Password]),
        hits: &[
            "db:\n  password: \"Velvet-otter-Granite60\"",
            "das Passwort lautet velvet-otter-granite60.",
            "CLAVE_BD=tundra!8486?",
            "what was the staging password again?\nAnn: Zephyr$6381? and don't tell",
            "wie war das Passwort?\n[14:08] Uwe: 3woCZoeNMmMfynNWah9T (Benutzer admin)",
            "client.login('ODU5NDY3Mjg3MTcxODA2MjM2.GKkRmf.lCrnBidP8rbljQbzbkMlbjL8BOlWLNlMl2mxlH');",
            "define('AUTH_KEY', 'q8Zr2Lm5Vx9TnB4KcW7DsY1H');",
            "define(\"DB_PASSWORD\", \"Wq7#nLp2vX\");",
            "CREATE USER 'app'@'%' IDENTIFIED BY 'Wq7#nLp2vX';",
            "new PDO('mysql:host=db01', 'shop', 'Wq7nLp2vXk9');",
            "new mysqli(\"localhost\", \"app\", \"Wq7nLp2vXk9\", \"shop\");",
            "mysqldump -h db02 -u backup -p'Wq7nLp2vXk9' crm",
            "mysql -uroot -pWq7nLp2vXk9 crm",
            "snmp-server community Wq7nLp2vXk9 RO",
            "<password>Wq7nLp2vXk9</password>",
            "<entry key=\"db.password\">Wq7nLp2vXk9</entry>",
            "api_schluessel: q8Zr2Lm5Vx9TnB4KcW7DsY1H",
            "clave_api = q8Zr2Lm5Vx9TnB4KcW7DsY1H",
            "jeton_api = q8Zr2Lm5Vx9TnB4KcW7DsY1H",
            "le mot de passe est « Wq7#nLp2vX », merci",
            "ο κωδικός πρόσβασης είναι Wq7#nLp2vX",
            "Пароль: Wq7#nLp2vX",
            "adgangskode: Wq7#nLp2vX",
            "{\"note\":\"the password is Wq7#nLp2vX\",\"n\":1,\"m\":\"\"}",
            "jdbc:mysql://db:3306/x?user=a&password=WqnLpvXkTz&useSSL=true",
            "key AKIAIOSFODNN7EXAMPLE is in the guide",
            "パスワードは「Wq7nLp2vXk9」です",
            "Cookie: _ga=GA1.2.1.2; session=8f7d6e5c4b3a29181716151413121110",
            "key AKIAQ3EGRLD6NZ7TPWXV is live",
            "GITHUB_TOKEN=ghp_Zx81kfLqpTnV0a3yRduHc7bEwJmS9o4TYgU2",
            "Authorization: Bearer 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",
            "DATABASE_URL=postgres://app:s3cr3tPw9x@db.acme.io:5432/app",
            "db_password: \"Wq7#nLp2vX\"",
            "the admin password is Tr0ub4dor&3x",
            "aws_secret_access_key = 9Zq3mXk2LrT8vBn5YcW1dHs7EfGj4KpQ0uA6oRtI",
            "<clientSecret>f83kdLs02jfKq8sPzm37</clientSecret>",
            "wifi key: r7w2-k9ez-u41c",
            "WLAN-Schlüssel: r7w2-k9ez-u41c",
            "router admin pw is hqTRA%Woku+47",
            "the wifi key is r7w2-k9ez-u41c",
            "le mot de passe wifi c'est r7w2-k9ez-u41c",
            "hasło do wifi to r7w2-k9ez-u41c",
            "heslo je r7w2-k9ez-u41c",
            "wifi lösenord är r7w2k9ez",
        ],
        misses: &[
            "where do I change my password?\nAnn: under Settings2",
            "password: prod-database-v2",
            "forgot the password?\nAgent: Case-20240611-77 is open now",
            "o.password=this.withCredentials2",
            "docker run -v $(pwd):/workspace1 alpine",
            "\"private_key_id\": \"974f6aed11b550c2c570be9cc20e420b1116b67b\"",
            "Cookie: _ga=GA1.2.324792430.1652690199",
            "secret_ref = arn:aws:secretsmanager:eu-west-1:350035276891:secret:prod/orders-TTZQ9C",
            "password = op:vault/Item9x/field",
            "define('DB_PASSWORD', getenv('DB_PASSWORD'));",
            "define('AUTH_KEY', 'put your unique phrase here');",
            "identified by 'the team lead' and others",
            "mkdir -p 'Wq7nLp2vXk9'",
            "snmp-server community public RO",
            "app.login('jane', 'settings')",
            "<password>********</password>",
            "<label for=\"password\">Password2</label>",
            "ο κωδικός προϊόντος είναι AB12345678",
            "jdbc:mysql://db:3306/x?user=a&password=${DB_PASSWORD}",
            "API_KEY=${API_KEY}",
            "password: string;",
            "token = os.environ['TOKEN']",
            "sk-XXXXXXXXXXXXXXXXXXXXXXXX",
            "SECRET=<your-secret-here>",
            "Enter a new password with at least 12 characters.",
            "commit 566c42774b0f4b45e2e7196d2ed08154329022e5",
            "token_type=bearer expires_in=3600",
            "-----BEGIN PUBLIC KEY-----",
            "the primary key is customer_id2024",
            "the map key is blue-12",
            "the old pw is forgotten",
            "pub password: windows_sys::core::PWSTR,",
            "if let Some(passphrase) = &self.passphrase {",
            "const passwordError = actionData?.errors?.password;",
            "pub const DEFRAG_ESCAPE_PASS: D3DKMT_ESCAPE_OPERATION = 3;",
            "let token = `\"${kind}\"(${code_point(token)})`",
            "auth = (sqlite3_xauth)arg;",
            "access key: XXH3_initCustomSecret_scalar",
            "<img src=\"https://depot.dev/brand/1693758816/logo-on-light@3x.png\">",
            "https://localhost:3000/jqueryui@1.2.3",
            "type Password = Option<unsafe extern fn()>",
            "x-request-id: ffbeff62-a72b-469b-abcf-751cea43c691",
        ],
    },
    candidates: Candidates::At(&[Kind::Token, Kind::Assign, Kind::Scheme, Kind::Block, Kind::Password]),
    numbers: Numbers::ALL,
    labels: "api key, secret key, secret access key, access token, auth token, client secret, private key, \
         secret, api secret, api token, bearer token, access key, refresh token, signing key, webhook secret",
    hints: "token, key, password, passwd, pwd, credential, credentials, bearer, authorization, authenticate, \
         clave, jeton, schlüssel, kennwort, passwort, contraseña, mot de passe",
    validate,
    canonical: str::to_owned,
    sample,
};

fn validate(site: &Site) -> Option<Match> {
    match site.anchor().kind {
        Kind::Token => token::judge(site),
        Kind::Assign => assignment::judge(site),
        Kind::Password => code::judge(site).unwrap_or_else(|| spoken::judge(site)),
        Kind::Scheme => connection::judge(site),
        Kind::Block => key_block::judge(site),
        _ => None,
    }
}

/// `ghp_••••••`: what names the issuer may show, what proves the holder may not.
fn sample(value: &str) -> String {
    let head =
        value.find("://").map(|at| at + 3).or_else(|| formats::prefix_of(value.as_bytes())).unwrap_or(0);
    [&value[..head.min(value.len() / 2)], "••••••"].concat()
}
