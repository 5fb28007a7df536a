//! Whose certificates are trusted, and that encryption is not given up on the way.

use crate::rig::{Rig, get, open, rig, rig_with};
use crate::server::{Server, Step, answer, redirect};
use aegis_outbound::{BuildError, Client, Policy, Roots, Rules, Settings};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

// Made once with openssl, for a hundred years; the authority's key was thrown away.
const CA: &[u8] = include_bytes!("../../test-data/ca.pem");
const VENDOR: &[u8] = include_bytes!("../../test-data/vendor.pem");
const KEY: &[u8] = include_bytes!("../../test-data/vendor.key");

async fn vendor(reply: impl Fn(usize, &str) -> Vec<Step> + Send + Sync + 'static) -> Server {
    let chain = vec![CertificateDer::from_pem_slice(VENDOR).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions();
    let config = config.unwrap().with_no_client_auth().with_single_cert(chain, key).unwrap();
    Server::start_with(Some(TlsAcceptor::from(Arc::new(config))), reply).await
}

fn trusting(roots: Roots) -> Rig {
    let rig = rig_with(|settings| settings.roots = roots);
    rig.names.set("vendor.example", &[&["127.0.0.1"]]);
    rig.names.set("other.example", &[&["127.0.0.1"]]);
    rig
}

#[tokio::test]
async fn an_authority_of_one_s_own_is_trusted_once_it_is_given() {
    let server = vendor(|_, _| answer(200, "", "ok")).await;
    let url = format!("https://vendor.example:{}/", server.address.port());
    let rig = trusting(Roots::Only(CA.to_vec()));
    assert_eq!(rig.client.send(get(&url)).await.unwrap().body, "ok");
    let other_name = format!("https://other.example:{}/", server.address.port());
    let error = rig.client.send(get(other_name)).await.unwrap_err();
    assert_eq!(error.word(), "untrusted", "{error}");
    let error = trusting(Roots::None).client.send(get(&url)).await.unwrap_err();
    assert!(error.to_string().contains("add its authority with the CA file setting"), "{error}");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn an_encrypted_call_is_not_sent_on_in_clear() {
    let plain = Server::start(|_, _| answer(200, "", "")).await;
    let location = plain.url("/");
    let server = vendor(move |_, _| redirect(302, &location)).await;
    let url = format!("https://vendor.example:{}/", server.address.port());
    for plain_http in [true, false] {
        let policy = Policy { rules: Rules { plain_http, ..open().rules }, ..open() };
        let error =
            trusting(Roots::Only(CA.to_vec())).client.send(get(&url).policy(policy)).await.unwrap_err();
        assert!(error.to_string().contains("without encryption, which is not followed"), "{error}");
    }
    assert_eq!((server.count(), plain.count()), (2, 0));
}

#[tokio::test]
async fn a_host_that_speaks_no_tls_is_said_so() {
    let server = Server::start(|_, _| answer(200, "", "")).await;
    let error = rig().client.send(get(server.url("/").replace("http:", "https:"))).await.unwrap_err();
    assert!(error.word() == "unreachable" && error.to_string().contains("TLS failed"), "{error}");
}

#[test]
fn a_ca_file_without_certificate_is_refused() {
    for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let refused = Client::new(Settings { roots: Roots::Only(pem.into()), ..Settings::default() });
        assert!(matches!(refused, Err(BuildError::CaFile | BuildError::Client(_))), "{pem}");
    }
}
