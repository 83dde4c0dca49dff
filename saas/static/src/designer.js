import './staff.js';
import './js/desk.js';
import './js/flow_map.js';
