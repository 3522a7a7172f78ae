import { useLanguage, useWords } from '../../language';
import { useLoad } from '../../gateway/useLoad';
import { stamp, useZone } from '../../time';
import { fetchEdits, fetchVersions, type Edit, type Version } from './fences';
import styles from './tools.module.css';
import { TOOL_WORDS } from './words';

interface Props {
  icao: string;
  /** Of the feature: `ZSSS.stand.221`. */
  id: string;
  /** Changes when the feature may have got a new version. */
  renewed?: unknown;
}

interface Told {
  edits: Edit[];
  versions: Version[];
}

/** Who said what of a feature, and when: newest first. */
export function History({ icao, id, renewed }: Props) {
  const w = useWords(TOOL_WORDS);
  const layer = id.split('.')[1] ?? '';
  const load = async (signal: AbortSignal): Promise<Told> => {
    const [edits, versions] = await Promise.all([
      fetchEdits(icao, layer, id, signal),
      fetchVersions(icao, layer, id, signal),
    ]);
    return { edits, versions };
  };
  const { data, error, retry } = useLoad(`${id}${String(renewed)}`, load, id);
  return (
    <section className={styles.history} data-testid="history" aria-label={w.history}>
      <h3>
        {w.history}
        {data && <small>{w.versions(data.versions.length)}</small>}
      </h3>
      {error !== null && (
        <p className={styles.refused} role="alert">
          {w.historyFailed}{' '}
          <button type="button" onClick={retry}>
            ↻
          </button>
        </p>
      )}
      {!data && error === null && <p className={styles.small}>…</p>}
      {data?.edits.length === 0 && <p className={styles.small}>{w.historyNone}</p>}
      {data && (
        <ol>
          {data.edits.map((edit) => (
            <Entry key={edit.number} edit={edit} made={data.versions.filter((one) => one.made_by === edit.number)} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Entry({ edit, made }: { edit: Edit; made: readonly Version[] }) {
  const w = useWords(TOOL_WORDS);
  const { language } = useLanguage();
  const { zone } = useZone();
  const words: Record<string, string> = {
    publish: w.publish,
    create: w.create,
    change: w.edit,
    retire: w.retire,
    undo: w.undoAction,
  };
  const more = [
    ...made.map(({ version }) => w.version(version)),
    ...(edit.undoes === null ? [] : [w.undoes(edit.undoes)]),
    ...(edit.undone_by === null ? [] : [w.wasUndone(edit.undone_by)]),
  ];
  return (
    <li data-action={edit.action}>
      <b>{words[edit.action] ?? edit.action}</b> {stamp(new Date(edit.made_at), zone)} {w.by(edit.who)}
      <span lang={language}>{edit.reason}</span>
      <small>
        #{edit.number}
        {more.length > 0 && ` · ${more.join(' · ')}`}
      </small>
    </li>
  );
}
