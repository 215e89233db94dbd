// Every test of the page in one process, so that one browser serves them all.

import './page.access.test.js';
import './page.claim.test.js';
import './page.documents.test.js';
import './page.interview.test.js';
import './page.library.test.js';
import './page.screening.test.js';
