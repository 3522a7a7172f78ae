export default function FlightsPage() {
  return null;
}
