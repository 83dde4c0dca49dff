// What every page has. Each part only adds to a page that already works without it.
import './htmx_setup.js';
import './text_size.js';
import './copy.js';
import './submit_once.js';
import './error_focus.js';
import './leave_guard.js';
import './autosubmit.js';
import './print_button.js';
