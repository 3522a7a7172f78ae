export default function CargoPage() {
  return null;
}
