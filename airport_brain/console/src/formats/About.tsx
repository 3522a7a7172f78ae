/** The page of a format: standard, layout, fields, notices, an example, JSON Schema. */
import type { FormatPage } from '../api/types';
import { useLanguage, useWords } from '../language';
import styles from './about.module.css';
import type { Original } from './bytes';
import { CopyButton } from './CopyButton';
import { exampleOf } from './Start';
import { WORDS } from './words';

export function About({ page, take }: { page: FormatPage; take: (original: Original, example: string) => void }) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  return (
    <article className={styles.about}>
      <h2>{page[language]}</h2>
      <p className={styles.facts}>
        <code>{page.name}</code>
        <span>
          {w.standard} {page.standard}
        </span>
        <span>{page.encodes ? w.encodes : w.readsOnly}</span>
        <span>{w.atMost(page.max_bytes / 1024)}</span>
      </p>
      {page.sections.map((section, index) => (
        <details key={section.title} open={index === 0}>
          <summary>
            {w.layout} <code>{section.title}</code>
          </summary>
          <pre>{section.text}</pre>
        </details>
      ))}
      <Types page={page} />
      <Notices page={page} />
      <details>
        <summary>{w.example}</summary>
        <pre>{page.example}</pre>
        <p className={styles.actions}>
          <CopyButton text={() => page.example} />
          <button type="button" onClick={() => take(exampleOf(page.example, page.look), page.name)}>
            {w.loadExample}
          </button>
        </p>
      </details>
      <details>
        <summary>{w.schema}</summary>
        <pre>{JSON.stringify(page.json_schema, null, 2)}</pre>
      </details>
    </article>
  );
}

function Types({ page }: { page: FormatPage }) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  if (page.shapes.length === 0) return null;
  return (
    <details>
      <summary>{w.types}</summary>
      {page.shapes.map((shape) => (
        <section key={shape.name}>
          <h3>
            <code>{shape.name}</code> <small>{shape.summary}</small>
          </h3>
          <dl>
            {shape.fields.map((field) => (
              <div key={field.name}>
                <dt>
                  <code>{field.name}</code>
                  <small>{[field.type, field.unit].filter(Boolean).join(' · ')}</small>
                </dt>
                <dd>{(language === 'zh' && field.zh) || field.en}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </details>
  );
}

function Notices({ page }: { page: FormatPage }) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  if (page.notices.length === 0) return null;
  return (
    <details>
      <summary>
        {w.notices} <small>{page.notices.length}</small>
      </summary>
      <dl>
        {page.notices.map((one) => (
          <div key={one.code}>
            <dt>
              <code>{one.code}</code>
            </dt>
            <dd>{(language === 'zh' && one.zh) || one.en}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
