/**
 * The words of speaking instead of writing, loaded where that can be done.
 */

export const sv = {
  speak: 'Tala in din fråga',
  stop: 'Sluta lyssna',
  begin: 'Börja tala',
  cancel: 'Avbryt',
  whereLocal: 'Webbläsaren gör om det du säger till text. Ljudet lämnar inte din enhet.',
  whereBrowser:
    'Ljudet skickas till företaget bakom din webbläsare, som gör om det till text. Kommunen får bara texten.',
  whereServer:
    'Ljudet skickas till tjänstens server, som gör om det till text. Ljudet sparas inte.',
  secret: 'Säg inga personnummer eller namn.',
  asking: 'Väntar på mikrofonen …',
  listening: 'Jag lyssnar. Tala nu, och tryck sedan på Sluta lyssna.',
  working: 'Gör om ljudet till text …',
  done: 'Det du sa står i fältet. Läs det och ändra om något är fel. Inget är skickat.',
  timeUp: 'Tiden är slut. Du kan tala i högst {seconds} sekunder åt gången.',
  noMicrophone: 'Det går inte att hitta någon mikrofon. Skriv din fråga i stället.',
  refused:
    'Mikrofonen är inte tillåten. Tillåt den i webbläsarens inställningar, eller skriv din fråga.',
  nothing: 'Jag hörde inget. Försök igen, eller skriv din fråga.',
  away: 'Det gick inte att göra om ljudet till text. Försök igen, eller skriv din fråga.',
}
