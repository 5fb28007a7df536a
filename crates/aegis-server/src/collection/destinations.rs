//! What is called by the credentials there are, for whoever keeps the firewall. Called by its route.

use super::{credentials, vendors};
use crate::App;
use aegis_domain::entities::Credential;
use aegis_outbound::{Destination, Target};
use aegis_store::StoreError;

/// Credentials that are looked at.
const MOST: usize = 10_000;
/// Who tells the list.
const OWNER: &str = "credentials";

/// Makes the list anew.
pub async fn refresh(app: &App) -> Result<(), StoreError> {
    let mut places = Vec::new();
    for key in credentials::present(app, None, MOST).await? {
        if let Some(vendor) = vendors::find(app, &key.vendor).await? {
            places.extend(of(app, &vendor, &key));
        }
    }
    app.outbound.destinations.set(OWNER, places);
    Ok(())
}

fn of(app: &App, vendor: &vendors::Vendor, key: &Credential) -> Vec<Destination> {
    let own = key.base_urls();
    let hosts = vendor.api.catalogue().hosts.iter();
    hosts
        .filter_map(|host| {
            let mut url = own.get(host.name).cloned().unwrap_or_else(|| host.base.to_owned());
            for (field, value) in &key.fields {
                url = url.replace(&format!("{{{field}}}"), value);
            }
            // one whose field this kind of credential does not have is not called
            let target = Target::parse(&url, app.outbound.rules(&url)).ok().filter(|_| !url.contains('{'))?;
            let why = format!("{}: {}", vendor.name, host.purpose);
            Some(Destination { place: target.host_port(), why })
        })
        .collect()
}
