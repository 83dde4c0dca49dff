import './js/base.js';
import './js/shortcuts.js';
import './js/pick_all.js';
import './js/passkey.js';
import './js/sort_questions.js';
