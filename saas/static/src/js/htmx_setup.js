// Fragments from our own server only; nothing evaluated, nothing kept in browser storage.
import htmx from 'htmx.org';

Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  attributesToSettle: ['class'],
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '...', swap: false, error: true },
  ],
});

// A failed fragment must not look like nothing happened: ask for the whole page, which can explain itself.
document.addEventListener('htmx:responseError', ({ detail }) => {
  if (detail.requestConfig.verb === 'get') window.location.assign(detail.pathInfo.finalRequestPath);
});
