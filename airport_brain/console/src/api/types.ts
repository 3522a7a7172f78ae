/** The gateway's shapes by short names; `schema.d.ts` is made from its OpenAPI document. */
import type { components } from './schema';

type Shapes = components['schemas'];

export type FlightsPage = Shapes['FlightsOut'];
export type Flight = FlightsPage['items'][number];
export type FlightDetail = Shapes['FlightDetailOut'];
export type ClockEntry = Shapes['TimeOut'];
export type Statement = Shapes['StatementOut'];
export type Resource = Shapes['ResourceOut'];
export type FlightMessage = Shapes['MessageOut'];

export type Shipment = Shapes['ShipmentOut'];
export type Milestone = Shapes['MilestoneOut'];
export type Stage = Shapes['StageOut'];
export type AwbAnswer = Shapes['AnswerOut'];
export type ShipmentRow = Shapes['ShipmentRow'];
export type ShipmentRows = Shapes['ShipmentsOut'];

export type FormatRow = Shapes['FormatOut'];
export type FormatPage = Shapes['PageOut'];
export type Reading = Shapes['ReadingOut'];
export type Remark = Shapes['RemarkOut'];
export type MaskedMessage = Shapes['MaskedOut'];
