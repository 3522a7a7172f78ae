import { useMemo, useState, type FormEvent } from 'react';
import { useWords } from '../../language';
import { useMay } from '../../session';
import { featuresOf, type Airport } from '../layers';
import mapStyles from '../map.module.css';
import { CardHead } from '../MoverCard';
import { draftOf, fieldFaults, fieldsOf, type FieldFault, type Fields } from './draft';
import { MAY_EDIT } from './fences';
import { areaM2, areaText } from './measuring';
import { faultsOf, type Fault } from './polygons';
import { PURPOSE_WORDS, PURPOSES, type PurposeName } from './purposes';
import { SketchButtons } from './SketchButtons';
import { cornersOf } from './tool';
import styles from './tools.module.css';
import type { Edits } from './useEdits';
import type { Tools } from './useTools';
import { TOOL_WORDS } from './words';

interface Props {
  airport: Airport;
  tools: Tools;
  edits: Edits;
  /** A fence was saved: show it. */
  saved: (id: string) => void;
}

/** Draw a fence or change one: its corners on the map, its facts here. */
export function FencePanel({ airport, tools, edits, saved }: Props) {
  const w = useWords(TOOL_WORDS);
  const may = useMay(MAY_EDIT);
  const { tool, take } = tools;
  const editing = tool?.kind === 'fence' ? tool.editing : null;
  return (
    <article className={mapStyles.card} data-testid="fence-panel">
      <CardHead title={editing ? w.editFence : w.drawFence} close={() => take(null)} />
      {may ? (
        <FenceForm airport={airport} tools={tools} edits={edits} saved={saved} />
      ) : (
        <p className={styles.refused} role="note" data-testid="may-not">
          {w.mayNot(MAY_EDIT)}
        </p>
      )}
    </article>
  );
}

function FenceForm({ airport, tools, edits, saved }: Props) {
  const w = useWords(TOOL_WORDS);
  const { tool, sketch, take } = tools;
  const editing = tool?.kind === 'fence' ? tool.editing : null;
  const [fields, setFields] = useState<Fields>(() => fieldsOf(editing?.fence ?? null));
  const shaped = !editing || cornersOf(editing.fence) !== null;
  const boundary = useMemo(() => featuresOf(airport.layers, 'boundary')[0]?.geometry ?? null, [airport]);
  const faults: Fault[] = shaped ? faultsOf(sketch.corners, boundary) : [];
  const wrong: FieldFault[] = fieldFaults(fields, Date.now());
  const ready = faults.length === 0 && wrong.length === 0 && !edits.busy;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    void edits.save(draftOf(fields), shaped ? sketch.corners : [], editing).then((id) => {
      if (id === null) return;
      take(null);
      saved(id);
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} onInput={edits.clear}>
      <p className={mapStyles.cardNote}>{!shaped ? w.notPlain : sketch.done ? w.cornerHint : w.drawHint}</p>
      <p className={styles.small}>
        {w.corners(sketch.corners.length)} · {areaText(areaM2(sketch.corners))}
      </p>
      {shaped && <SketchButtons tools={tools} />}
      <FieldRows fields={fields} fixed={editing !== null} change={(change) => setFields({ ...fields, ...change })} />
      <Faults texts={[...faults, ...wrong].map((fault) => w[fault])} refusal={edits.refusal} />
      <div className={styles.row}>
        <button type="submit" className={styles.strong} disabled={!ready}>
          {edits.busy ? w.saving : w.save}
        </button>
        <button type="button" onClick={() => take(null)}>
          {w.cancel}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  fields: Fields;
  /** The purpose says the layer, and a feature stays in its layer. */
  fixed: boolean;
  change: (change: Partial<Fields>) => void;
}

function FieldRows({ fields, fixed, change }: FieldProps) {
  const w = useWords(TOOL_WORDS);
  const purposes = useWords(PURPOSE_WORDS);
  return (
    <>
      <label>
        <span>{w.purpose}</span>
        <select
          name="purpose"
          value={fields.purpose}
          disabled={fixed}
          onChange={(event) => change({ purpose: event.target.value as PurposeName })}
        >
          {(Object.keys(PURPOSES) as PurposeName[]).map((name) => (
            <option key={name} value={name}>
              {purposes[name]}
            </option>
          ))}
        </select>
      </label>
      <Text name="zh" title={w.nameZh} value={fields.zh} set={(zh) => change({ zh })} />
      <Text name="en" title={w.nameEn} value={fields.en} set={(en) => change({ en })} />
      {fields.purpose === 'speed_limit' && (
        <Text name="limit" title={w.limit} value={fields.limit} set={(limit) => change({ limit })} type="number" />
      )}
      <Text name="reason" title={w.reason} value={fields.reason} set={(reason) => change({ reason })} />
      <Text
        name="until"
        title={w.until}
        value={fields.until}
        set={(until) => change({ until })}
        type="datetime-local"
      />
    </>
  );
}

function Text({
  name,
  title,
  value,
  set,
  type = 'text',
}: {
  name: string;
  title: string;
  value: string;
  set: (value: string) => void;
  type?: string;
}) {
  return (
    <label>
      <span>{title}</span>
      <input
        name={name}
        type={type}
        value={value}
        maxLength={type === 'text' ? 100 : undefined}
        autoComplete="off"
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );
}

function Faults({ texts, refusal }: { texts: readonly string[]; refusal: string | null }) {
  return (
    <>
      {texts.length > 0 && (
        <ul className={styles.faults} data-testid="faults">
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {refusal && (
        <p className={styles.refused} role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}
