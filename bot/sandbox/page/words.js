// The page's own words. The bot's words are the bot's business.

const WORDS = {
  id: {
    demo: "peragaan", language: "Bahasa", theme: "Terang atau gelap", phones: "Telepon", add: "Tambah orang",
    offline: "Terputus, menyambung kembali…", write: "Tulis pesan…", send: "Kirim", attach: "Lampirkan",
    commands: "Daftar perintah", no_commands: "Belum ada perintah", start: "Mulai", menu: "Menu percakapan",
    photo: "Foto", document: "Dokumen", voice: "Suara dari berkas", video: "Video", location: "Lokasi",
    contact: "Kontak", caption: "Keterangan (boleh kosong)", cancel: "Batal", close: "Tutup", ok: "Mengerti",
    typing: "sedang mengetik…", bot: "bot", members: "anggota grup", today: "Hari ini", yesterday: "Kemarin",
    edited: "diubah", reply: "Balas", edit: "Ubah", copy: "Salin teks", copied: "Disalin", actions: "Tindakan pesan",
    editing: "Mengubah pesan", replying: "Membalas", block: "Blokir bot", unblock: "Buka blokir",
    blocked: "Anda memblokir bot ini.", qr: "Kode QR dan tautan", transcript: "Salinan percakapan",
    payload: "Isi tautan (start)", show_qr: "Tampilkan kode", scan: "Pindai: tempel tautan di sini", open: "Buka",
    bad_link: "Tautan ini bukan milik bot ini.", place_title: "Kirim lokasi", latitude: "Lintang",
    longitude: "Bujur", send_place: "Kirim lokasi ini", nearby: "Tempat", choose: "Pilih tempat…",
    map: "Peta. Geser pin, atau pakai tombol panah.", zoom_in: "Perbesar", zoom_out: "Perkecil",
    contact_title: "Kirim kontak", own_number: "Nomor saya", phone: "Nomor telepon", name: "Nama",
    share: "Bagikan nomor Anda kepada bot?", role: "Peran", person_language: "Bahasa telepon",
    failed: "Tidak terkirim", play: "Putar", pause: "Jeda", down: "Ke pesan terakhir", keyboard: "Papan tombol",
    open_photo: "Perbesar foto", download: "Unduh", chats: "Percakapan", empty: "Belum ada pesan.",
    pinned: "Pesan disematkan", joined: "Bot masuk grup", left: "Bot keluar dari grup",
    migrated: "Grup menjadi supergrup", forwarded: "Diteruskan dari", waiting: "menunggu jawaban bot",
    too_late: "Bot tidak menjawab.", sticker: "Stiker", group: "grup", new_messages: "pesan baru",
  },
  ms: {
    demo: "tunjuk cara", language: "Bahasa", theme: "Cerah atau gelap", phones: "Telefon", add: "Tambah orang",
    offline: "Terputus, menyambung semula…", write: "Tulis mesej…", send: "Hantar", attach: "Lampirkan",
    commands: "Senarai arahan", no_commands: "Belum ada arahan", start: "Mula", menu: "Menu perbualan",
    photo: "Foto", document: "Dokumen", voice: "Suara daripada fail", video: "Video", location: "Lokasi",
    contact: "Kenalan", caption: "Keterangan (boleh kosong)", cancel: "Batal", close: "Tutup", ok: "Faham",
    typing: "sedang menaip…", bot: "bot", members: "ahli kumpulan", today: "Hari ini", yesterday: "Semalam",
    edited: "disunting", reply: "Balas", edit: "Sunting", copy: "Salin teks", copied: "Disalin", actions: "Tindakan mesej",
    editing: "Menyunting mesej", replying: "Membalas", block: "Sekat bot", unblock: "Buka sekatan",
    blocked: "Anda menyekat bot ini.", qr: "Kod QR dan pautan", transcript: "Salinan perbualan",
    payload: "Isi pautan (start)", show_qr: "Papar kod", scan: "Imbas: tampal pautan di sini", open: "Buka",
    bad_link: "Pautan ini bukan milik bot ini.", place_title: "Hantar lokasi", latitude: "Latitud",
    longitude: "Longitud", send_place: "Hantar lokasi ini", nearby: "Tempat", choose: "Pilih tempat…",
    map: "Peta. Seret pin, atau guna kekunci anak panah.", zoom_in: "Besarkan", zoom_out: "Kecilkan",
    contact_title: "Hantar kenalan", own_number: "Nombor saya", phone: "Nombor telefon", name: "Nama",
    share: "Kongsi nombor anda dengan bot?", role: "Peranan", person_language: "Bahasa telefon",
    failed: "Tidak dihantar", play: "Main", pause: "Jeda", down: "Ke mesej terakhir", keyboard: "Papan butang",
    open_photo: "Besarkan foto", download: "Muat turun", chats: "Perbualan", empty: "Belum ada mesej.",
    pinned: "Mesej disemat", joined: "Bot masuk kumpulan", left: "Bot keluar dari kumpulan",
    migrated: "Kumpulan menjadi superkumpulan", forwarded: "Dimajukan daripada", waiting: "menunggu jawapan bot",
    too_late: "Bot tidak menjawab.", sticker: "Pelekat", group: "kumpulan", new_messages: "mesej baharu",
  },
  en: {
    demo: "demonstration", language: "Language", theme: "Light or dark", phones: "Phones", add: "Add a person",
    offline: "Disconnected, reconnecting…", write: "Write a message…", send: "Send", attach: "Attach",
    commands: "Commands", no_commands: "No commands yet", start: "Start", menu: "Chat menu",
    photo: "Photo", document: "Document", voice: "Voice from a file", video: "Video", location: "Location",
    contact: "Contact", caption: "Caption (may be empty)", cancel: "Cancel", close: "Close", ok: "Understood",
    typing: "typing…", bot: "bot", members: "group members", today: "Today", yesterday: "Yesterday",
    edited: "edited", reply: "Reply", edit: "Edit", copy: "Copy text", copied: "Copied", actions: "Message actions",
    editing: "Editing message", replying: "Replying", block: "Block the bot", unblock: "Unblock",
    blocked: "You have blocked this bot.", qr: "QR code and link", transcript: "Transcript",
    payload: "Link payload (start)", show_qr: "Show code", scan: "Scan: paste a link here", open: "Open",
    bad_link: "This link does not belong to this bot.", place_title: "Send a location", latitude: "Latitude",
    longitude: "Longitude", send_place: "Send this location", nearby: "Places", choose: "Choose a place…",
    map: "Map. Drag the pin, or use the arrow keys.", zoom_in: "Zoom in", zoom_out: "Zoom out",
    contact_title: "Send a contact", own_number: "My number", phone: "Phone number", name: "Name",
    share: "Share your number with the bot?", role: "Role", person_language: "Phone language",
    failed: "Not sent", play: "Play", pause: "Pause", down: "To the last message", keyboard: "Button keyboard",
    open_photo: "Enlarge photo", download: "Download", chats: "Chats", empty: "No messages yet.",
    pinned: "Message pinned", joined: "The bot joined", left: "The bot left",
    migrated: "The group became a supergroup", forwarded: "Forwarded from", waiting: "waiting for the bot",
    too_late: "The bot did not answer.", sticker: "Sticker", group: "group", new_messages: "new messages",
  },
};

export const LANGUAGES = { id: "Indonesia", ms: "Melayu", en: "English" };

let current = localStorage.getItem("language") in WORDS ? localStorage.getItem("language") : "id";
document.documentElement.lang = current;

export function language() {
  return current;
}

export function setLanguage(code) {
  current = code;
  localStorage.setItem("language", code);
  document.documentElement.lang = code;
}

export function word(key) {
  return WORDS[current][key];
}

const LOCALES = { id: "id-ID", ms: "ms-MY", en: "en-GB" };

export function clockTime(seconds) {
  const time = new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return current === "en" ? time : time.replace(":", ".");
}

/** "Hari ini", "Kemarin", or the date in full. */
export function dayName(seconds) {
  const day = new Date(seconds * 1000);
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  if (day >= midnight) return word("today");
  if (day >= midnight - 86_400_000) return word("yesterday");
  return day.toLocaleDateString(LOCALES[current], { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

export function fileSize(bytes) {
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${value.toLocaleString(LOCALES[current], { maximumFractionDigits: 1 })} ${unit}`;
}
