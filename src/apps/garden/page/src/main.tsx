import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followLinks } from './router/follow-links.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import './styles/catalogue.css';
import './styles/package.css';
import './styles/graph.css';
import './styles/lists.css';

const root = document.querySelector('#root');
if (root) {
  followLinks(document);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
