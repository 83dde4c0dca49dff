import './js/base.js';
import './js/one_time_code.js';
