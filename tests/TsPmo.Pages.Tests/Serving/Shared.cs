using TsPmo.Pages.Tests.Serving;

// One portfolio and one browser for all pages: to read and measure it takes longer than all the looking.
[assembly: AssemblyFixture(typeof(MeasuredPortfolio))]
[assembly: AssemblyFixture(typeof(Browser))]
