// The people API. Every call rejects with an Error whose message a person can read.

async function request(path, options) {
  const response = await fetch(`people${path}`, options);
  if (!response.ok) throw new Error(await reason(response));
  return response.json();
}

async function reason(response) {
  const text = await response.text();
  try {
    return JSON.parse(text).error;
  } catch {
    return text || response.statusText;
  }
}

function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return request(path, { method: "POST", headers, body: JSON.stringify(body) });
}

export const api = {
  start: () => request("/"),
  places: () => request("/places"),
  addPerson: (person) => post("/", person),
  history: (person, chat) => request(`/${person}/history?chat_id=${chat}`),
  commands: (person, chat) => request(`/${person}/commands?chat_id=${chat}`),
  setLanguage: (person, code) => post(`/${person}/language`, { language_code: code }),
  open: (person, payload) => post(`/${person}/start`, payload ? { payload } : {}),
  text: (person, text, chat, replyTo) => post(`/${person}/text`, { text, chat_id: chat, reply_to: replyTo }),
  edit: (person, message, text, chat) => post(`/${person}/edit`, { message_id: message, text, chat_id: chat }),
  press: (person, message, data, chat) => post(`/${person}/press`, { message_id: message, data, chat_id: chat }),
  tap: (person, label, place) => post(`/${person}/tap`, { label, ...place }),
  location: (person, place, chat, replyTo) => post(`/${person}/location`, { ...place, chat_id: chat, reply_to: replyTo }),
  contact: (person, contact) => post(`/${person}/contact`, contact ? { contact } : {}),
  block: (person) => post(`/${person}/block`),
  unblock: (person) => post(`/${person}/unblock`),
  files(person, kind, files, { caption = "", duration = 0, chat, replyTo = "" }) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ kind, caption, duration, chat_id: chat, reply_to: replyTo })) form.set(name, value);
    for (const file of files) form.append("file", file);
    return request(`/${person}/files`, { method: "POST", body: form });
  },
};

export const fileUrl = (id) => `people/files/${encodeURIComponent(id)}`;
export const qrUrl = (text) => `people/qr?text=${encodeURIComponent(text)}`;
export const transcriptUrl = (person, chat) => `people/${person}/transcript?chat_id=${chat}`;

/** Follow the changes after `number`; `onstate(true|false)` tells whether the line is up. */
export function follow(number, onevent, onstate) {
  const source = new EventSource(`people/events?after=${number}`);
  source.onopen = () => onstate(true);
  source.onerror = () => onstate(false);
  source.onmessage = (message) => onevent(JSON.parse(message.data));
}
