//! Customer support: agents with a copilot, and customers with a chat window.

use super::{App, Office, Rhythm, Style, Team, Tool};

pub(super) static TEAM: Team = Team {
    id: "support",
    cost_center: "4100",
    people: 22,
    offices: &[Office::Austin, Office::Austin, Office::London, Office::Bengaluru, Office::Bengaluru],
    apps: &[COPILOT, WIDGET],
};

const COPILOT: App = App {
    id: "helpdesk-copilot",
    share: 17.0,
    rhythm: Rhythm::Staff,
    models: &[("claude-haiku-5-5", 5.0), ("gpt-5.6-luna", 3.0), ("claude-sonnet-5-5", 1.0)],
    streams: true,
    style: Style::Agent(&LOOK_UP),
    turns: 4,
    leak_rate: 0.10,
    attack_rate: 0.004,
    system: "You help support agents of Larkfield Mutual answer customers. Be brief, friendly and exact. Never promise a payment.",
    asks: &[
        "<Write|Draft|Please draft> a reply to a customer who <has waited {n} days for an answer|was charged twice for {product}|cannot sign in to the portal>. <Friendly but short.|Two paragraphs at most.|Offer to call back on {day}.>",
        "Summarise ticket {ticket} in three bullets for the handover to {colleague}:\n\nThe customer <asked|wrote> on {date} about {product}. <They were told to wait {n} days.|Nobody answered until {day}.> They now want <a refund of {amount}|the contract cancelled|somebody to call them>.",
        "What's our <policy|rule> when a customer cancels {product} after {n} weeks? <I need the wording for an email.|Is there a fee?>",
        "Customer: \"{product} shows an error since {day}, I already reinstalled it twice.\" <What should I ask next?|Which three checks first?>",
        "Translate into {language}, keep it polite: \"Thank you for your patience. We <expect|hope> to have an answer by {day} and will write to you again.\"",
        "Rate the tone of this message from 1 to 5 and tell me what to change:\n\n\"As already explained, your request about order {order} cannot be processed without the form.\"",
        "Order {order} is <late|lost|damaged>, value {amount}. <Replacement or refund?|What can I offer within the goodwill limit?>",
        "<Make|Turn> this into a macro for the team: how to reset the password for {product}, in {n} steps.",
        "Look up the account for order {order} and tell me <when it renews|which plan it is on|whether a credit is open>.",
        "Kannst du die Antwort an den Kunden zu {order} freundlicher formulieren? Er wartet seit {n} Tagen auf die Erstattung von {amount}.",
    ],
    leaks: &[
        "Customer: {name}, {email}, phone {phone}. They say the charge of {amount} on card {card} is not theirs. <Draft a reply.|What do I tell them?>",
        "Please write back to {name} <{email}|at {email}> and confirm that we'll call {phone} on {day} at {time}.",
        "The caller could not remember the password, so I verified with SSN {ssn} and date of birth {dob}. How do I note this in ticket {ticket}?",
        "From the chat log:\n[{time}] {first}: my card number is {card} exp 0{n}/28\n[{time}] Agent: thank you, one moment\nSummarise what happened for the complaint file.",
        "Login problem from {ip}, account {email}. <Is that an unusual place for this customer?|They are locked out since {time}.>",
        "Merge these two contacts: {name}, {email}, {phone} and {person2}, {email2}. Same household at {address}.",
    ],
    follow_ups: &[
        "<Shorter, please.|Can you make it two sentences?>",
        "Add that we're sorry for the <wait|confusion>.",
        "And in {language}?",
        "What if they ask for {amount} instead?",
        "Good. Now a version for the phone script.",
    ],
};

const WIDGET: App = App {
    id: "portal-chat",
    share: 15.0,
    rhythm: Rhythm::Customers,
    models: &[("gpt-6-luna", 6.0), ("gpt-5.4-mini", 2.0)],
    streams: true,
    style: Style::Chat,
    turns: 4,
    leak_rate: 0.13,
    attack_rate: 0.012,
    system: "You are the virtual assistant on the customer portal of Larkfield Mutual. Answer questions about orders, policies and the portal. Do not ask for card or social security numbers.",
    asks: &[
        "<Hi|Hello|Hey>, <where is|I'm still waiting for> my <refund|reimbursement>? It's been {n} weeks.",
        "How do I <change|cancel|renew> {product}?",
        "My order {order} <never came|arrived broken|is missing a part>. <What now?|Can somebody help?>",
        "Is {product} still valid when I <move abroad|travel for {n} months|change jobs>?",
        "I can't log in, the <code never arrives|page stays white|app says try again later>.",
        "<Do you cover|Is it covered> if my <phone falls into water|bike is stolen from the cellar|flight is cancelled>?",
        "How long does it take until a claim is paid? Mine is {claim}.",
        "Wie kann ich {product} kündigen? Ich ziehe im {month} um.",
        "¿Cuándo llega mi reembolso? El pedido es {order}.",
    ],
    leaks: &[
        "My name is {name}, my email is {email}, <please check my account|can you look it up>?",
        "You can charge my new card {card}, it expires next year. <The old one was blocked.|Thanks.>",
        "I need to update my details: born on {dob}, social security number {ssn}, address {address}.",
        "Call me at {phone} <after {time}|before noon>, this chat leads nowhere.",
        "here is everything: {name} / {email} / {phone} / policy {policy}. please just fix {product}",
    ],
    follow_ups: &[
        "ok and how long does that take?",
        "That doesn't work, <it says error 40{n}|same as before>.",
        "Can I speak to a person?",
        "Thanks! <One more thing: what about {product}?|That helps.>",
    ],
};

static LOOK_UP: Tool = Tool {
    name: "get_account",
    about: "{order}",
    description: "Returns a customer's account by order number: plan, renewal date, open credits.",
    schema: r#"{"type":"object","properties":{"order_id":{"type":"string","description":"order number such as A-51200"}},"required":["order_id"]}"#,
    results: &[
        "{{\"order\":\"{order}\",\"plan\":\"{product}\",\"status\":\"active\",\"renews\":\"{date}\",\"credit\":\"{amount}\"}}",
        "{{\"order\":\"{order}\",\"plan\":\"{product}\",\"status\":\"<cancelled|in dunning|active>\",\"last_contact\":\"{date}\"}}",
    ],
    leaks: &[
        "{{\"order\":\"{order}\",\"plan\":\"{product}\",\"holder\":{{\"name\":\"{name}\",\"email\":\"{email}\",\"phone\":\"{phone}\"}},\"payment\":{{\"card_number\":\"{card}\",\"exp\":\"0{n}/28\"}}}}",
        "{{\"order\":\"{order}\",\"holder\":{{\"name\":\"{name}\",\"ssn\":\"{ssn}\",\"date_of_birth\":\"{dob}\"}},\"last_login_ip\":\"{ip}\"}}",
    ],
};
