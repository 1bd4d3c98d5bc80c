import { describe, expect, it } from 'vitest';
import { read } from './read.ts';
import { contextOf, documentOf } from './testing/document.ts';

/** Two short tenders a language, in plain words of the trade: one for software that asks for security, one for other things. */
const TENDERS: Record<string, { ict: string; other: string }> = {
  en: {
    ict: '# Invitation to tender: case management system\nThe contracting authority buys a web based case management system with hosting in a data centre.\nThe supplier shall encrypt all data in transit and at rest.\nUsers must log in with multi-factor authentication.\nSecurity incidents must be reported within 24 hours.\nTenders are evaluated by price and quality.',
    other:
      '# Invitation to tender: school meals\nThe contracting authority buys school meals for two years.\nThe supplier shall deliver warm meals each day.\nThe bid security is two percent of the price.\nTenders are evaluated by price and quality.',
  },
  fr: {
    ict: '# Appel d’offres : système de gestion des dossiers\nLe pouvoir adjudicateur achète une application web de gestion des dossiers, hébergement compris.\nLe titulaire doit chiffrer les données en transit et au repos.\nL’authentification multifacteur est obligatoire pour les utilisateurs.\nLes incidents de sécurité doivent être signalés sous 24 heures.\nLes offres sont jugées sur le prix et la qualité.',
    other:
      '# Appel d’offres : restauration scolaire\nLe pouvoir adjudicateur achète des repas pour deux ans.\nLe titulaire doit livrer les repas chaque jour.\nLa sécurité alimentaire est de sa responsabilité.\nLes offres sont jugées sur le prix et la qualité.',
  },
  de: {
    ict: '# Ausschreibung: Fachverfahren zur Fallbearbeitung\nDer Auftraggeber beschafft eine webbasierte Software mit Hosting in einem Rechenzentrum.\nDer Auftragnehmer muss alle Daten verschlüsseln.\nBenutzer müssen sich mit zwei Faktoren authentifizieren.\nSicherheitsvorfälle müssen binnen 24 Stunden gemeldet werden.\nAngebote werden nach Preis und Qualität gewertet.',
    other:
      '# Ausschreibung: Schulessen\nDer Auftraggeber beschafft Schulessen für zwei Jahre.\nDer Auftragnehmer muss täglich warme Verpflegung liefern.\nEine Sicherheitsleistung von zwei Prozent ist zu stellen.\nAngebote werden nach Preis und Qualität gewertet.',
  },
  nl: {
    ict: '# Aanbesteding: zaaksysteem\nDe opdrachtgever koopt een webapplicatie voor zaakgericht werken, met hosting in een datacenter.\nDe leverancier moet alle gegevens versleutelen.\nGebruikers moeten inloggen met tweefactorauthenticatie.\nBeveiligingsincidenten moeten binnen 24 uur worden gemeld.\nInschrijvingen worden beoordeeld op prijs en kwaliteit.',
    other:
      '# Aanbesteding: schoonmaak\nDe opdrachtgever koopt schoonmaak voor twee jaar.\nDe opdrachtnemer moet de gebouwen elke dag schoonmaken.\nDe brandveiligheid en de sociale zekerheid zijn zijn zorg.\nInschrijvingen worden beoordeeld op prijs en kwaliteit.',
  },
  it: {
    ict: '# Bando di gara: sistema informativo per la gestione delle pratiche\nLa stazione appaltante acquista una applicazione web con hosting in un data center.\nIl fornitore deve garantire la cifratura dei dati.\nGli utenti devono accedere con autenticazione a più fattori.\nGli incidenti di sicurezza devono essere segnalati entro 24 ore.\nLe offerte sono valutate per prezzo e qualità.',
    other:
      '# Bando di gara: ristorazione scolastica\nLa stazione appaltante acquista pasti per la mensa.\nIl fornitore deve consegnare i pasti ogni giorno.\nGli oneri della sicurezza sono pari a cento euro.\nLe offerte sono valutate per prezzo e qualità.',
  },
  es: {
    ict: '# Licitación: sistema de gestión de expedientes\nEl órgano de contratación adquiere una aplicación web con alojamiento en un centro de datos.\nEl proveedor debe cifrar los datos en tránsito.\nLos usuarios deben acceder con autenticación multifactor.\nLos incidentes de seguridad deben notificarse en 24 horas.\nLas ofertas se valoran por precio y calidad.',
    other:
      '# Licitación: comedor escolar\nEl órgano de contratación adquiere alimentos para el comedor.\nEl contratista debe entregar las comidas cada día.\nLa seguridad social corre por cuenta del contratista.\nLas ofertas se valoran por precio y calidad.',
  },
  pt: {
    ict: '# Concurso público: sistema de gestão de processos\nA entidade adjudicante adquire uma aplicação web com alojamento num centro de dados.\nO fornecedor deve garantir a encriptação dos dados.\nOs utilizadores devem usar autenticação multifator.\nOs incidentes de segurança devem ser comunicados em 24 horas.\nAs propostas são avaliadas por preço e qualidade.',
    other:
      '# Concurso público: refeições escolares\nA entidade adjudicante adquire refeições para o refeitório.\nO fornecedor deve entregar as refeições todos os dias.\nA segurança social é da responsabilidade do fornecedor.\nAs propostas são avaliadas por preço e qualidade.',
  },
  da: {
    ict: '# Udbud: sagsbehandlingssystem\nOrdregiver køber en webapplikation til sagsbehandling med hosting i et datacenter.\nLeverandøren skal kryptere alle data.\nBrugere skal logge på med to-faktor autentifikation.\nSikkerhedshændelser skal meldes inden 24 timer.\nTilbud evalueres på pris og kvalitet.',
    other:
      '# Udbud: rengøring\nOrdregiver køber rengøring af skoler i to år.\nLeverandøren skal gøre rent hver dag.\nDer skal stilles sikkerhed på to procent, og der er usikkerhed om mængden.\nTilbud evalueres på pris og kvalitet.',
  },
  nb: {
    ict: '# Konkurransegrunnlag: saksbehandlingssystem\nOppdragsgiver kjøper en skyløsning for saksbehandling med drift i et datasenter.\nLeverandøren skal kryptere alle data.\nBrukere skal logge inn med tofaktor autentisering.\nSikkerhetshendelser skal meldes innen 24 timer.\nTilbud vurderes på pris og kvalitet.',
    other:
      '# Konkurransegrunnlag: renhold\nOppdragsgiver kjøper renhold av skoler i to år.\nLeverandøren skal gjøre rent hver dag.\nDet skal stilles sikkerhet på to prosent, og det er usikkerhet om mengden.\nTilbud vurderes på pris og kvalitet.',
  },
  sv: {
    ict: '# Förfrågningsunderlag: ärendehanteringssystem\nDen upphandlande myndigheten köper en molntjänst för ärenden med drift i en datahall.\nLeverantören ska kryptera all information.\nAnvändare ska logga in med tvåfaktorsautentisering.\nSäkerhetsincidenter ska rapporteras inom 24 timmar.\nAnbud utvärderas på pris och kvalitet.',
    other:
      '# Förfrågningsunderlag: städning\nDen upphandlande myndigheten köper städning av skolor i två år.\nLeverantören ska städa varje dag.\nDet råder osäkerhet om mängden, och arbetsmiljön är leverantörens ansvar.\nAnbud utvärderas på pris och kvalitet.',
  },
  fi: {
    ict: '# Tarjouspyyntö: asianhallintajärjestelmä\nHankintayksikkö hankkii pilvipalveluna toimivan tietojärjestelmän ja sen palvelimet.\nToimittajan tulee salata kaikki tiedot.\nKäyttäjien tulee kirjautua monivaiheisella tunnistautumisella.\nTietoturvapoikkeamat tulee ilmoittaa 24 tunnissa.\nTarjoukset arvioidaan hinnan ja laadun perusteella.',
    other:
      '# Tarjouspyyntö: siivous\nHankintayksikkö hankkii koulujen siivouksen kahdeksi vuodeksi.\nToimittajan tulee siivota joka päivä.\nTyöturvallisuus ja sosiaaliturva ovat toimittajan vastuulla.\nTarjoukset arvioidaan hinnan ja laadun perusteella.',
  },
  et: {
    ict: '# Riigihange: menetluse infosüsteem\nHankija ostab veebipõhise infosüsteemi koos majutusega andmekeskuses.\nPakkuja peab kõik andmed krüpteerima.\nKasutajad peavad end autentima kahe teguriga.\nTurvaintsidentidest tuleb teatada 24 tunni jooksul.\nPakkumusi hinnatakse hinna ja kvaliteedi järgi.',
    other:
      '# Riigihange: koristus\nHankija ostab koolide koristusteenust kaheks aastaks.\nPakkuja peab koristama iga päev.\nTööohutus ja sotsiaalkindlustus on täitja vastutus.\nPakkumusi hinnatakse hinna ja kvaliteedi järgi.',
  },
  pl: {
    ict: '# Zamówienie publiczne: system obiegu spraw\nZamawiający kupuje aplikację internetową wraz z hostingiem w centrum danych.\nWykonawca musi szyfrować wszystkie dane.\nUżytkownicy muszą korzystać z uwierzytelniania dwuskładnikowego.\nIncydenty bezpieczeństwa należy zgłaszać w ciągu 24 godzin.\nOferty ocenia się według ceny i jakości.',
    other:
      '# Zamówienie publiczne: sprzątanie\nZamawiający kupuje sprzątanie szkół na dwa lata.\nWykonawca musi sprzątać codziennie.\nWykonawca wnosi zabezpieczenie należytego wykonania i przestrzega zasad BHP.\nOferty ocenia się według ceny i jakości.',
  },
  ja: {
    ict: '# 調達仕様書：文書管理システム\n本調達は、データセンターで運用するウェブシステムの開発及び運用保守を委託するものである。\n受託者は、通信を暗号化しなければならない。\n利用者の認証は多要素認証とすること。\n情報セキュリティインシデントは24時間以内に報告すること。\n落札者は価格と提案書の評価により決定する。',
    other:
      '# 入札説明書：給食業務\n本調達は、学校の給食業務を二年間委託するものである。\n受託者は毎日給食を提供すること。\n契約保証金を納付し、労働安全を確保すること。\n落札者は価格により決定する。',
  },
  bg: {
    ict: '# Обществена поръчка: информационна система\nВъзложителят купува софтуер с хостинг в център за данни.\nИзпълнителят трябва да осигури криптиране на данните.\nПотребителите трябва да използват многофакторна автентикация.\nИнцидентите със сигурността трябва да се докладват до 24 часа.\nОфертите се оценяват по цена и качество.',
    other:
      '# Обществена поръчка: почистване\nВъзложителят купува почистване на училища за две години.\nИзпълнителят трябва да почиства всеки ден.\nИзпълнителят осигурява безопасност и здраве при работа.\nОфертите се оценяват по цена и качество.',
  },
  cs: {
    ict: '# Veřejná zakázka: informační systém\nZadavatel kupuje webovou aplikaci s hostingem v datovém centru.\nDodavatel musí zajistit šifrování dat.\nUživatelé musí používat dvoufaktorové ověřování identity.\nBezpečnostní incidenty musí být hlášeny do 24 hodin.\nNabídky se hodnotí podle ceny a kvality.',
    other:
      '# Veřejná zakázka: úklid\nZadavatel kupuje úklid škol na dva roky.\nDodavatel musí uklízet každý den.\nDodavatel odpovídá za bezpečnost práce a sociální zabezpečení.\nNabídky se hodnotí podle ceny a kvality.',
  },
  el: {
    ict: '# Διακήρυξη: πληροφοριακό σύστημα\nΗ αναθέτουσα αρχή προμηθεύεται διαδικτυακή εφαρμογή και λογισμικό.\nΟ ανάδοχος πρέπει να εξασφαλίζει κρυπτογράφηση των δεδομένων.\nΟι χρήστες πρέπει να χρησιμοποιούν ταυτοποίηση δύο παραγόντων.\nΤα περιστατικά ασφάλειας πρέπει να αναφέρονται σε 24 ώρες.\nΟι προσφορές αξιολογούνται με βάση την τιμή.',
    other:
      '# Διακήρυξη: καθαριότητα\nΗ αναθέτουσα αρχή αναθέτει την καθαριότητα των σχολείων.\nΟ ανάδοχος πρέπει να καθαρίζει κάθε μέρα.\nΟ ανάδοχος τηρεί την υγεία και ασφάλεια.\nΟι προσφορές αξιολογούνται με βάση την τιμή.',
  },
  hu: {
    ict: '# Közbeszerzés: ügykezelő informatikai rendszer\nAz ajánlatkérő webes szoftvert szerez be, adatközpontban működő szerverekkel.\nAz ajánlattevő köteles az adatok titkosítását biztosítani.\nA felhasználók kétfaktoros hitelesítést kell használjanak.\nA biztonsági eseményeket 24 órán belül kell jelenteni.\nAz ajánlatokat ár és minőség alapján értékelik.',
    other:
      '# Közbeszerzés: takarítás\nAz ajánlatkérő iskolák takarítását szerzi be két évre.\nAz ajánlattevő köteles naponta takarítani.\nAz ajánlattevő felel a munkavédelemért és a társadalombiztosításért.\nAz ajánlatokat ár alapján értékelik.',
  },
  ro: {
    ict: '# Achiziție publică: sistem informatic\nAutoritatea contractantă achiziționează o aplicație web cu găzduire într-un centru de date.\nFurnizorul trebuie să asigure criptarea datelor.\nUtilizatorii trebuie să folosească autentificare multifactor.\nIncidentele de securitate trebuie raportate în 24 de ore.\nOfertele se evaluează după preț și calitate.',
    other:
      '# Achiziție publică: curățenie\nAutoritatea contractantă achiziționează curățenie pentru școli.\nPrestatorul trebuie să facă zilnic curățenie.\nPrestatorul respectă normele de securitate și sănătate în muncă.\nOfertele se evaluează după preț.',
  },
  hr: {
    ict: '# Javna nabava: informacijski sustav\nNaručitelj nabavlja softver i web aplikaciju u podatkovnom centru.\nPonuditelj mora osigurati šifriranje podataka.\nKorisnici moraju koristiti dvofaktorsku autentifikaciju.\nSigurnosni incidenti moraju se prijaviti u roku od 24 sata.\nPonude se ocjenjuju prema cijeni.',
    other:
      '# Javna nabava: čišćenje\nNaručitelj nabavlja čišćenje škola na dvije godine.\nPonuditelj mora čistiti svaki dan.\nPonuditelj odgovara za zaštitu na radu i socijalnu sigurnost.\nPonude se ocjenjuju prema cijeni.',
  },
  sk: {
    ict: '# Verejné obstarávanie: informačný systém\nVerejný obstarávateľ kupuje webovú aplikáciu a softvér.\nDodávateľ musí zabezpečiť šifrovanie údajov.\nPoužívatelia musia používať dvojfaktorovú autentifikáciu.\nBezpečnostné incidenty musia byť hlásené do 24 hodín.\nPonuky sa hodnotia podľa ceny.',
    other:
      '# Verejné obstarávanie: upratovanie\nVerejný obstarávateľ kupuje upratovanie škôl na dva roky.\nDodávateľ musí upratovať každý deň.\nDodávateľ zodpovedá za bezpečnosť pri práci a sociálne zabezpečenie.\nPonuky sa hodnotia podľa ceny.',
  },
  sl: {
    ict: '# Javno naročilo: informacijski sistem\nNaročnik kupuje programsko opremo in spletno aplikacijo.\nPonudnik mora zagotoviti šifriranje podatkov.\nUporabniki morajo uporabljati dvofaktorsko avtentikacijo.\nVarnostni incidenti se morajo prijaviti v 24 urah.\nPonudbe se ocenjujejo po ceni.',
    other:
      '# Javno naročilo: čiščenje\nNaročnik kupuje čiščenje šol za dve leti.\nPonudnik mora čistiti vsak dan.\nPonudnik skrbi za varnost in zdravje pri delu.\nPonudbe se ocenjujejo po ceni.',
  },
  lt: {
    ict: '# Viešasis pirkimas: informacinė sistema\nPerkančioji organizacija perka programinę įrangą ir serverius duomenų centre.\nTiekėjas privalo užtikrinti duomenų šifravimą.\nNaudotojai privalo naudoti dviejų veiksnių autentifikavimą.\nApie saugos incidentus privaloma pranešti per 24 valandas.\nPasiūlymai vertinami pagal kainą.',
    other:
      '# Viešasis pirkimas: valymas\nPerkančioji organizacija perka mokyklų valymo paslaugas.\nTiekėjas privalo valyti kasdien.\nTiekėjas atsako už darbuotojų sauga ir socialinio draudimo įmokas.\nPasiūlymai vertinami pagal kainą.',
  },
  lv: {
    ict: '# Publiskais iepirkums: informācijas sistēma\nPasūtītājs iepērk programmatūru un serverus datu centrā.\nPretendentam jānodrošina datu šifrēšana.\nLietotājiem obligāta divfaktoru autentifikācija.\nPar drošības incidentiem jāziņo 24 stundu laikā, tas ir obligāti.\nPiedāvājumus vērtē pēc cenas.',
    other:
      '# Publiskais iepirkums: uzkopšana\nPasūtītājs iepērk skolu uzkopšanu uz diviem gadiem.\nPretendentam jāuzkopj katru dienu.\nPretendents atbild par darba aizsardzību.\nPiedāvājumus vērtē pēc cenas.',
  },
  mt: {
    ict: '# Akkwist pubbliku: sistema tal-informazzjoni\nL-awtorità kontraenti tixtri softwer u server fuq il-cloud.\nIl-kuntrattur għandu jiżgura kriptaġġ tad-data.\nL-utenti għandhom jużaw awtentikazzjoni.\nKull inċident ta’ sigurtà għandu jiġi rrappurtat fi 24 siegħa.\nL-offerti jiġu evalwati skont il-prezz.',
    other:
      '# Akkwist pubbliku: tindif\nL-awtorità kontraenti tixtri tindif tal-iskejjel.\nIl-kuntrattur għandu jnaddaf kuljum.\nIl-kuntrattur iħares is-saħħa u s-sigurtà.\nL-offerti jiġu evalwati skont il-prezz.',
  },
  ga: {
    ict: '# Soláthar poiblí: córas faisnéise\nCeannaíonn an t-údarás conarthach bogearraí agus freastalaí ar an idirlíon.\nNí mór don chonraitheoir criptiú sonraí a chinntiú.\nNí mór d’úsáideoirí fíordheimhniú a úsáid.\nNí mór gach teagmhas slándála a thuairisciú laistigh de 24 uair.\nDéantar tairiscintí a mheas de réir praghais.',
    other:
      '# Soláthar poiblí: glantóireacht\nCeannaíonn an t-údarás conarthach glantóireacht scoileanna.\nNí mór don chonraitheoir glanadh gach lá.\nTá sláinte agus sábháilteacht air.\nDéantar tairiscintí a mheas de réir praghais.',
  },
};

describe.each(Object.entries(TENDERS))('%s', (language, { ict, other }) => {
  it('a tender for software that asks for security', () => {
    const reading = read(documentOf(ict, language), contextOf());
    expect(reading.scope).toMatchObject({ concernsIct: true, isProcurement: true });
    expect(['process', 'requirement', 'proof']).toContain(reading.security.value);
    const topics = reading.security.topics.map(({ topic }) => topic);
    expect(topics).toEqual(expect.arrayContaining(['access-control', 'cryptography', 'incident-handling']));
  });

  it('a tender for other things', () => {
    const reading = read(documentOf(other, language), contextOf());
    expect(reading.scope).toMatchObject({ concernsIct: false, isProcurement: true });
    expect(reading.security.value).toBe('none');
  });
});
