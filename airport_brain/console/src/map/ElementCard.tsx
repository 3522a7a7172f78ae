import { useLanguage, useWords } from '../language';
import { QUALITIES, SURFACES, USES } from './elementWords';
import type { LonLat } from './geodesy';
import type { Airport, AirportFeature } from './layers';
import styles from './map.module.css';
import { CardHead, Row } from './MoverCard';
import type { Scene } from './scene';
import type { Fence } from './tools/fences';
import { closing } from './tools/fencesOn';
import { History } from './tools/History';
import { boundsOf } from './tools/places';
import { Restricted } from './tools/Restricted';
import { WORDS } from './words';

interface Props {
  airport: Airport;
  id: string;
  scene: Scene | null;
  /** Restrictions and fences in force. */
  fences: readonly Fence[];
  openFence: (fence: Fence) => void;
  goTo: (at: LonLat) => void;
  close: () => void;
}

/** What is known of an element of the airport: a building, a runway, a sign, a mast. */
export function ElementCard({ airport, id, scene, fences, openFence, goTo, close }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const feature = findFeature(airport, id);
  const thing = feature ? null : (scene?.thing(id) ?? null);
  const name = feature?.properties[`name_${language}`] ?? thing?.[language] ?? id;
  const layer = id.split('.')[1] ?? '';
  const title = airport.manifest.layers.find((one) => one.name === layer);
  const inScene: Record<string, string> = { mast: w.kindMast, sign: w.kindSign, bridge: w.kindBridge };
  const onGround: Record<string, string> = {
    runway: w.kindRunway,
    taxiway: w.kindTaxiway,
    building: w.kindBuilding,
    facility: w.kindFacility,
    apron: w.apron,
  };
  // Titles of layers are of many.
  const titled = title && (language === 'zh' ? title.title_zh : title.title_en);
  const kind = inScene[layer] ?? onGround[layer] ?? titled ?? layer;
  return (
    <article className={styles.card} data-testid="element-card">
      <CardHead title={String(name)} close={close} />
      {!feature && !thing && !inScene[layer] && <p className={styles.cardNote}>{w.noElement}</p>}
      <dl>
        <Row name={w.standKind}>{kind}</Row>
        {feature && <Restricted fences={closing(fences, feature)} open={openFence} />}
        {feature && <Facts feature={feature} />}
        <Row name={w.identity} mono>
          {id}
        </Row>
      </dl>
      {feature && (
        <button type="button" className={styles.primary} onClick={() => goTo(boundsOf(feature.geometry).middle)}>
          {w.goThere}
        </button>
      )}
      {feature && <History icao={airport.manifest.icao} id={id} />}
    </article>
  );
}

function Facts({ feature }: { feature: AirportFeature }) {
  const w = useWords(WORDS);
  const { use, storeys, height_m, length_m, width_m, surface, max_code, runway, quality, valid_from, source } =
    feature.properties;
  const uses: Record<string, string> = useWords(USES);
  const surfaces: Record<string, string> = useWords(SURFACES);
  const qualities: Record<string, string> = useWords(QUALITIES);
  return (
    <>
      {use !== undefined && <Row name={w.use}>{uses[String(use)] ?? String(use)}</Row>}
      {height_m !== undefined && (
        <Row name={w.height}>{`${String(height_m)} m · ${w.storeys(String(storeys))}`}</Row>
      )}
      {length_m !== undefined && <Row name={w.size}>{`${String(length_m)} × ${String(width_m)} m`}</Row>}
      {surface !== undefined && <Row name={w.surface}>{surfaces[String(surface)] ?? String(surface)}</Row>}
      {max_code !== undefined && <Row name={w.sizeCode}>{String(max_code)}</Row>}
      {runway !== undefined && <Row name={w.kindRunway}>{String(runway)}</Row>}
      <Row name={w.quality}>
        {`${qualities[String(quality)] ?? String(quality)} · ${String(source)} · ${String(valid_from)}`}
      </Row>
    </>
  );
}

function findFeature(airport: Airport, id: string): AirportFeature | null {
  const layer = airport.layers[id.split('.')[1] ?? ''];
  return layer?.features.find(({ properties }) => properties.id === id) ?? null;
}
